import { join } from 'node:path';
import { openSessions, type Reader, settle } from '../../stage/people.ts';
import { openStore, type Store } from '../../stage/store.ts';
import { middlingTowns } from '../../stage/towns.ts';

/** Who takes part: readers with a live socket, and authors from the same residences. */
export type Crowd = {
  store: Store;
  dataDir: string;
  readers: readonly Reader[];
  authors: readonly Reader[];
  /** Up to eight others of an author's own residence. */
  helpersOf: (author: Reader) => readonly Reader[];
};

/** A database of its own with `residences` residences (in one commune, or in many towns), and so many readers and authors spread evenly over them. */
export const openCrowd = async ({
  readers,
  authors,
  residences,
  isOneCommune = false,
}: {
  readers: number;
  authors: number;
  residences: number;
  isOneCommune?: boolean;
}): Promise<Crowd> => {
  const store = await openStore();
  try {
    const towns = middlingTowns(Math.ceil(residences / 8));
    const [first] = towns;
    const places = isOneCommune && first ? Array.from({ length: residences }, () => first) : towns.slice(0, residences);
    const each = Math.ceil((readers + authors) / places.length) + 1;
    await settle(store, places, each);
    const people = await openSessions(store, readers + authors);
    const byResidence = Map.groupBy(people, ({ residenceId }) => residenceId);
    return {
      store,
      dataDir: join(store.dir, 'app'),
      readers: people.slice(0, readers),
      authors: people.slice(readers),
      helpersOf: (author) =>
        (byResidence.get(author.residenceId) ?? []).filter(({ id }) => id !== author.id).slice(0, 8),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
};
