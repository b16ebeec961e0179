import type { Database } from '@palier/db';
import { askTogether } from '../../ask-together.ts';
import { type Asking, listStandings, type Standing } from './memory.queries.ts';

/** A reader's standing, and the place of the stream that was applied before it was asked for. */
export type StandingAt = Standing & { applied: number };

/** Asks how readers stand, many in one statement, so that what was acknowledged before their call is known. */
export const createStandings = (db: Database, applied: () => number): ((reader: Asking) => Promise<StandingAt>) =>
  askTogether(async (readers) => {
    const at = applied();
    const standings = await listStandings(db, readers, at);
    return readers.map((_, n) => ({
      ...(standings[n] ?? { head: 0, hidden: [], isForDatabase: true }),
      applied: at,
    }));
  });
