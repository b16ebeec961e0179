export * from './bulletin.ts';
export * from './colours.ts';
export * from './schemas.ts';
export * from './standing.ts';
