import { becomesTrusted, trustedAfter } from '@palier/domain/accounts';
import type { Context } from '../context.ts';
import { changeTrust } from '../moderation/index.ts';
import { mutate } from '../mutate.ts';
import { findStanding, listGrowing } from './trust.queries.ts';

const batch = 200;
const firstId = '00000000-0000-0000-0000-000000000000';

/** Makes `trusted` whoever has helped enough different people for long enough; run again, it does nothing twice. Resolves with how many. */
export const growTrust = async (ctx: Context<null>): Promise<number> => {
  const before = new Date(ctx.now.getTime() - trustedAfter.days * 86_400_000);
  let grown = 0;
  for (let after = firstId, page = [{ id: firstId }]; page.length > 0; after = page.at(-1)?.id ?? after) {
    const found = await listGrowing(ctx.db, before, after, batch);
    for (const { id, people, knownSince } of found) {
      if (!becomesTrusted({ trust: 'known', knownSince, people }, ctx.now)) continue;
      const resident = await findStanding(ctx.db, id);
      if (!resident) continue;
      const act = { actorId: null, actorRole: 'system', action: 'trust.grow' } as const;
      const change = { from: 'known', to: 'trusted', by: 'favours' } as const;
      if (await mutate(ctx, (tx) => changeTrust(tx, ctx, resident, change, act))) grown += 1;
    }
    page = found;
  }
  return grown;
};
