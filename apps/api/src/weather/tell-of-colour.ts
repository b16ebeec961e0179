import { inTransaction } from '@palier/db';
import { colourAt } from '@palier/domain/weather';
import type { Context } from '../context.ts';
import { notify } from '../notifications/index.ts';
import { tellBesides } from '../record.ts';
import { claimTelling, listKeepers, listOpenIn, listStatements } from './weather.queries.ts';

/**
 * Tells the coordinators and referents of a department whose colour is another than they last heard of, also when the day turns and no bulletin is read.
 * Each change is told once, whatever is killed meanwhile. Resolves with how many departments changed.
 */
export const tellOfColours = async (ctx: Context<null>): Promise<number> => {
  const changed = (await listStatements(ctx.db)).filter((row) => colourAt(row, ctx.now) !== row.told);
  for (const row of changed)
    await inTransaction(ctx.db, async (tx) => {
      const colour = colourAt(row, ctx.now);
      if (!(await claimTelling(tx, row, colour))) return;
      const keepers = await listKeepers(tx, row.department);
      const act = { action: 'weather.change', subject: 'weather', reason: `${row.hazard}:${row.department}:${colour}` };
      const notices = keepers.map((accountId) => ({ accountId, kind: 'watch', turn: 'weather' }) as const);
      await notify(tx, { at: ctx.now, actorId: null, actorRole: 'system', ...act }, notices);
      const communes = await listOpenIn(tx, row.department);
      await tellBesides(
        tx,
        communes.map((commune) => ({ kind: 'insights', change: 'now', commune })),
      );
    });
  if (changed.length > 0) ctx.doorbell.ring();
  return changed.length;
};
