export * from './cursor.ts';
export * from './events.ts';
export * from './frames.ts';
export * from './told.ts';
