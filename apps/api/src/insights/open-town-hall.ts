import type { Context, Deps } from '../context.ts';
import { buildReleases } from './build-releases.ts';
import { refreshBoards } from './refresh-boards.ts';

/** The demo's closed months and weeks, released at its first start as the hourly job would have, month after month. */
export const openTownHall = async (deps: Deps, say: (line: string) => void): Promise<void> => {
  const ctx: Context<null> = { ...deps, actor: null, now: deps.clock(), ip: '', locale: 'fr', tx: null };
  const built = await buildReleases(ctx);
  await refreshBoards(ctx);
  say(`  ${built} releases for the town halls`);
};
