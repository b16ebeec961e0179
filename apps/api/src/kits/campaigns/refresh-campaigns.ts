import { boardOfCampaign } from '@palier/domain/kits';
import type { Context } from '../../context.ts';
import { findBoards, listFavoursDone, upsertCampaignBoard } from './tasks.queries.ts';

/** How long after its last day what comes of a campaign still counts, in ms: 31 days. */
const countedForMs = 31 * 86_400_000;

/** Shows what campaigns did for people, as far as each board may move (privacy.md, The board). Run every hour, and never by a reader. */
export const refreshCampaigns = async (ctx: Context<null>): Promise<void> => {
  const since = new Date(ctx.now.getTime() - countedForMs).toISOString().slice(0, 10);
  const done = Map.groupBy(await listFavoursDone(ctx.db, since), ({ id, commune }) => `${id} ${commune}`);
  const ids = [...done.values()].flatMap(([one]) => one?.id ?? []);
  const boards = new Map((await findBoards(ctx.db, ids)).map((one) => [`${one.id} ${one.commune}`, one]));
  for (const [key, favours] of done) {
    const [campaignId = '', commune = ''] = key.split(' ');
    const before = boards.get(key) ?? { done: null, people: null };
    const board = boardOfCampaign(favours, before);
    await upsertCampaignBoard(ctx.db, { campaignId, commune, ...board, refreshedAt: ctx.now });
  }
};
