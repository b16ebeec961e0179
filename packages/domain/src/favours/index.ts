export * from './lifecycle.ts';
export * from './schemas.ts';
