export * from './href.ts';
export * from './of-favour.ts';
export * from './schemas.ts';
