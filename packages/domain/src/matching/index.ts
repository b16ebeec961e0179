export * from './best.ts';
export * from './closeness.ts';
export * from './rings.ts';
export * from './schemas.ts';
export * from './score.ts';
export * from './sides.ts';
export * from './slots.ts';
export * from './telling.ts';
