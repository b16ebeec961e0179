export * from './plan/index.ts';

/** The password of every demo account. */
export const demoPassword = 'palier-demo';
