import type { Town } from '@palier/demo';
import { settle } from './people.ts';
import { fillPosts } from './posts.ts';
import { openStore, type Store } from './store.ts';
import { listTowns, residencesOf } from './towns.ts';

/** A region of 1,400 towns with some 270,000 residents; `grow` fills it up to so many open posts. */
export type Region = { store: Store; towns: Town[]; grow: (posts: number) => Promise<void> };

const residentsEach = 40;

export const openRegion = async (say: (line: string) => void): Promise<Region> => {
  const store = await openStore();
  try {
    const towns = listTowns();
    const people = await settle(store, towns.flatMap(residencesOf), residentsEach);
    say(`${towns.length} towns, ${people.toLocaleString('en-GB')} residents`);
    let filled = 0;
    const grow = async (posts: number): Promise<void> => {
      if (posts <= filled) return;
      say(`filling ${posts.toLocaleString('en-GB')} posts`);
      await fillPosts(store, filled + 1, posts, people);
      filled = posts;
    };
    return { store, towns, grow };
  } catch (error) {
    await store.close();
    throw error;
  }
};
