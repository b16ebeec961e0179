import type { Database } from '@palier/db';
import { type Asking, listStandings, type Standing } from './memory.queries.ts';

/** A reader's standing, and the place of the stream that was applied before it was asked for. */
export type StandingAt = Standing & { applied: number };

type Waiting = { reader: Asking; answered: (standing: StandingAt) => void; failed: (error: unknown) => void };

const together = 64;
const underWayMax = 2;

/**
 * Asks how readers stand, many in one statement: whoever comes while statements are under way goes with the next one, which begins after they came, so that what was acknowledged
 * before their call is known.
 */
export const createStandings = (db: Database, applied: () => number) => {
  const waiting: Waiting[] = [];
  let underWay = 0;
  const ask = async (): Promise<void> => {
    underWay += 1;
    const asked = waiting.splice(0, together);
    const at = applied();
    try {
      const standings = await listStandings(
        db,
        asked.map(({ reader }) => reader),
        at,
      );
      for (const [n, { answered }] of asked.entries())
        answered({ ...(standings[n] ?? { head: 0, hidden: [], isForDatabase: true }), applied: at });
    } catch (error) {
      for (const { failed } of asked) failed(error);
    }
    underWay -= 1;
    if (waiting.length > 0) void ask();
  };
  return (reader: Asking): Promise<StandingAt> =>
    new Promise((answered, failed) => {
      waiting.push({ reader, answered, failed });
      if (underWay < underWayMax) void ask();
    });
};
