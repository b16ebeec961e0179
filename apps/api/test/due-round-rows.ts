import { inTransaction, schema, watchAs } from '@palier/db';
import { newId } from '../src/ids.ts';
import type { Harness } from './harness.ts';

/** Rows of the terms of rounds and checks, each as old as one asks. */
export const dueRoundRows = (h: Harness, ago: (days: number) => Date, plantWatched: () => Promise<string>) => {
  const plantRound = async (closedAt: Date | null) => {
    const { territoryId } = await h.mintResidence();
    const id = newId();
    const round = { id, territoryId, department: '01', hazard: 'heat', colour: 'red' } as const;
    await h.db.insert(schema.watchRounds).values({ ...round, since: ago(1), openedAt: ago(1), closedAt });
    return id;
  };
  return {
    'checks of the watch': async (days: number) => {
      const personId = await plantWatched();
      const roundId = await plantRound(null);
      const times = { dueAt: ago(days), escalatesAt: ago(days), offeredAt: ago(days) };
      const slot = { id: newId(), roundId, personId, day: '2026-07-08', hour: 9 };
      await inTransaction(h.db, async (tx) => {
        await watchAs(tx, 'house', ago(0));
        await tx.insert(schema.watchChecks).values({ ...slot, ...times, colour: 'red', state: 'reached' });
      });
    },
    'rounds of the watch': (days: number) => plantRound(ago(days)),
  };
};
