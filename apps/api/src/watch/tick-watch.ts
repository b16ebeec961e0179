import { applyTerm, terms } from '@palier/db/retention';
import { consentRemindedAt } from '@palier/domain/watch';
import type { Context } from '../context.ts';
import { writeNotices } from '../notifications/index.ts';
import { record } from '../record.ts';
import { watchEntry, watching } from './looking.ts';
import { listReaderAccounts } from './people.queries.ts';
import { claimGone, claimReminded, listLapsing } from './tick.queries.ts';

const system = (ctx: Context<null>) => ({ at: ctx.now, actorId: null, actorRole: 'system' }) as const;

/**
 * What the watch's clock does: takes off it whoever moved or left, reminds whoever's consent lapses within thirty days (their readers, when they have no screen), and purges what was withdrawn or lapsed.
 * Safe to run twice at once. Resolves with how many entries were reminded of and purged.
 */
export const tickWatch = async (ctx: Context<null>): Promise<{ reminded: number; purged: number }> => {
  await watching(ctx, 'house', async (tx) => {
    for (const id of await claimGone(tx, ctx.now)) await record(tx, watchEntry(system(ctx), 'watch.leave', id));
  });
  const reminded = await watching(ctx, 'house', async (tx) => {
    const due = (await listLapsing(tx, ctx.now)).filter(({ consentedAt }) => consentRemindedAt(consentedAt) <= ctx.now);
    for (const { id, accountId } of due) {
      if (!(await claimReminded(tx, id, ctx.now))) continue;
      const readers = accountId ? [] : await listReaderAccounts(tx, id);
      const told = accountId
        ? [{ accountId, kind: 'watch', turn: 'lapse' } as const]
        : readers.map((reader) => ({ accountId: reader, kind: 'watch', turn: 'lapse-paper' }) as const);
      await record(tx, watchEntry(system(ctx), 'watch.remind', id), await writeNotices(tx, ctx.now, told));
    }
    return due.length;
  });
  let purged = 0;
  for (const term of terms.filter(({ name }) => name === 'people of the watch'))
    purged += await applyTerm(ctx.db, term, ctx.now);
  return { reminded, purged };
};
