export * from './events.ts';
export * from './frames.ts';
