export * from './hall.ts';
export * from './schemas.ts';
