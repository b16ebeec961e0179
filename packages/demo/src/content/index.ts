export * from './communes.ts';
export * from './history.ts';
export { historyTemplates } from './history-templates.ts';
export * from './people.ts';
export * from './posts.ts';
export * from './random.ts';
export * from './residences.ts';
export * from './staff.ts';
export type * from './types.ts';
