import { inTransaction } from '@palier/db';
import { boardOfCampaign } from '@palier/domain/kits';
import type { Context } from '../../context.ts';
import { tellBesides } from '../../record.ts';
import { type BoardRow, findBoards, listFavoursDone, upsertCampaignBoards } from './tasks.queries.ts';
import { boardsMoved } from './town.ts';

/** How long after its last day what comes of a campaign still counts, in ms: 31 days. */
const countedForMs = 31 * 86_400_000;

/** Shows what campaigns did for people, as far as each board may move (privacy.md, The board). Run every hour, and never by a reader. */
export const refreshCampaigns = async (ctx: Context<null>): Promise<void> => {
  const since = new Date(ctx.now.getTime() - countedForMs).toISOString().slice(0, 10);
  const done = Map.groupBy(await listFavoursDone(ctx.db, since), ({ id, commune }) => `${id} ${commune}`);
  const ids = [...done.values()].flatMap(([one]) => one?.id ?? []);
  const boards = new Map((await findBoards(ctx.db, ids)).map((one) => [`${one.id} ${one.commune}`, one]));
  const moved: BoardRow[] = [];
  for (const [key, favours] of done) {
    const [campaignId = '', commune = ''] = key.split(' ');
    const before = boards.get(key) ?? { done: null, people: null };
    const board = boardOfCampaign(favours, before);
    if (board.done !== before.done || board.people !== before.people) moved.push({ campaignId, commune, ...board });
  }
  if (moved.length === 0) return;
  await inTransaction(ctx.db, async (tx) => {
    await upsertCampaignBoards(tx, moved, ctx.now);
    await tellBesides(tx, boardsMoved(moved.map(({ commune }) => commune)));
  });
  ctx.doorbell.ring();
};
