export * from './campaigns.ts';
export * from './cool-places.ts';
export * from './kit.ts';
export * from './papers.ts';
export * from './ranges.ts';
