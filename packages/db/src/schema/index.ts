export * from './accounts.ts';
export * from './audit.ts';
export * from './enums.ts';
export * from './favours.ts';
export * from './live.ts';
export * from './places.ts';
export * from './posts.ts';
