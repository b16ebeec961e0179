export * from './categories.ts';
export * from './lifecycle.ts';
export * from './limits.ts';
export * from './schemas.ts';
export * from './screening.ts';
export * from './series.ts';
export * from './series-schemas.ts';
