import type { Town } from '@palier/demo';
import { openSessions, type Reader, settleTwins } from '../stage/people.ts';
import { rareCategory } from '../stage/posts.ts';
import type { Store } from '../stage/store.ts';
import { densestCommunes } from '../stage/towns.ts';

/** Who reads, and what they ask of the feed besides requests within 2 km. */
export type Case = { name: string; readers: Reader[]; categories: string[] };

const readersEach = 60;

/**
 * The readers of P1 (quality.md, 1), each in a residence of their own that just opened beside an occupied one, so that the nearest posts are never those of their own walls: the whole population and the eight densest towns, any category, one, three and the rare one.
 */
export const nearbyCases = async (store: Store, towns: readonly Town[]): Promise<Case[]> => {
  await settleTwins(store, readersEach, densestCommunes(towns, 8));
  const everywhere = await openSessions(store, readersEach, 'twin = 1');
  const dense = await openSessions(store, readersEach, 'twin = 2');
  return [
    { name: 'whole population', readers: everywhere, categories: [] },
    { name: '8 densest towns', readers: dense, categories: [] },
    { name: 'whole population, one category', readers: everywhere, categories: ['errands'] },
    { name: '8 densest towns, one category', readers: dense, categories: ['errands'] },
    { name: '8 densest towns, three categories', readers: dense, categories: ['errands', 'repair', 'pets'] },
    { name: '8 densest towns, a rare category', readers: dense, categories: [rareCategory] },
  ];
};

export const withinM = 2_000;

/** The call of a case, as a browser sends it. */
export const pathOf = ({ categories }: Pick<Case, 'categories'>): string =>
  `/api/posts?kind=request&within=${withinM}&limit=20${categories.map((category) => `&category=${category}`).join('')}`;
