export * from './first-name.ts';
export * from './hall.ts';
export * from './schemas.ts';
