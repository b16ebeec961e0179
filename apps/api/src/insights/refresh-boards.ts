import { inTransaction } from '@palier/db';
import { boardPeople, dayAt, monthOf, startOfDay } from '@palier/domain/insights';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { Context } from '../context.ts';
import { tellBesides } from '../record.ts';
import { countActive } from './facts.queries.ts';
import { findBoard, listOpenCommunes, upsertBoard } from './releases.queries.ts';

/** Shows on each commune's board of the month who took part until now, as far as the board may move (privacy.md, The board). Run every hour, and never by a reader. */
export const refreshBoards = async (ctx: Context<null>): Promise<void> => {
  let hasMoved = false;
  const open = (await listOpenCommunes(ctx.db)).map(({ insee }) => insee);
  for (const [timeZone, communes] of Map.groupBy(open, timeZoneOfCommune)) {
    const month = monthOf(dayAt(ctx.now, timeZone));
    const active = await countActive(ctx.db, communes, new Date(startOfDay(month.firstDay, timeZone)));
    for (const commune of communes) {
      const before = (await findBoard(ctx.db, commune, month.id))?.people ?? null;
      const { value } = boardPeople(active.get(commune) ?? 0, before);
      await inTransaction(ctx.db, async (tx) => {
        await upsertBoard(tx, { commune, month: month.id, people: value, refreshedAt: ctx.now });
        if (value !== before) await tellBesides(tx, [{ kind: 'insights', change: 'now', commune }]);
      });
      hasMoved ||= value !== before;
    }
  }
  if (hasMoved) ctx.doorbell.ring();
};
