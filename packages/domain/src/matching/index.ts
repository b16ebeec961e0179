export * from './closeness.ts';
export * from './rings.ts';
export * from './score.ts';
export * from './slots.ts';
