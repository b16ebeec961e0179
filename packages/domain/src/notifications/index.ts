export * from './choices.ts';
export * from './href.ts';
export * from './kinds.ts';
export * from './of-favour.ts';
export * from './push.ts';
export * from './push-verdict.ts';
export * from './schemas.ts';
