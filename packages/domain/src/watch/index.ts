export * from './attempts.ts';
export * from './consent.ts';
export * from './entry.ts';
export * from './lifecycle.ts';
export * from './rounds.ts';
