export * from './categories.ts';
export * from './lifecycle.ts';
export * from './schemas.ts';
