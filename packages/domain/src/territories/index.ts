export * from './import-csv.ts';
export * from './schemas.ts';
