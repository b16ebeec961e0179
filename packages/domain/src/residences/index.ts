export * from './charter.ts';
export * from './modes.ts';
export * from './neighbours.ts';
export * from './views.ts';
export * from './week.ts';
