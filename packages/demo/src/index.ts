export { residentEmail } from './content/people.ts';
export { demoWatched, visitedLate } from './content/watch.ts';
export * from './plan/index.ts';
export { planTown, type TownInput, type TownPlan } from './towns/plan-town.ts';
export { readTowns, type Town } from './towns/read-towns.ts';

/** The password of every demo account. */
export const demoPassword = 'palier-demo';
