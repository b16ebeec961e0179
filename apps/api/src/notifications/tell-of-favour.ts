import { type FavourListener, tellingsOfFavour } from '@palier/domain/notifications';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { findFavourAccounts } from './favours-told.queries.ts';
import { notify } from './notify.ts';

/** What the job of a favour's turn carries. */
export const FavourTurn = z.strictObject({ favourId: z.uuid(), change: z.string() });

/** Tells whoever is to hear of a favour's turn, and never whoever made it. Run twice, each is told once. Answers how many were told now. */
export const tellOfFavour = async (ctx: Context<unknown>, input: z.infer<typeof FavourTurn>): Promise<number> => {
  const tellings = tellingsOfFavour(input.change);
  if (tellings.length === 0) return 0;
  const favour = await findFavourAccounts(ctx.db, input.favourId);
  if (!favour) return 0;
  const { id: favourId, residenceId, commune } = favour;
  const accountOf: Readonly<Record<FavourListener, string | null>> = {
    author: favour.isAuthorHelper ? favour.helper : favour.beneficiary,
    answerer: favour.isAuthorHelper ? favour.beneficiary : favour.helper,
    helper: favour.helper,
    beneficiary: favour.beneficiary,
  };
  const notices = tellings.flatMap(({ to, kind }) => {
    const accountId = accountOf[to];
    return accountId === null ? [] : [{ accountId, kind, favourId, turn: input.change }];
  });
  const entry = { at: ctx.now, actorId: null, actorRole: 'system', action: 'favour.tell', subject: 'favour' } as const;
  return mutate(ctx, (tx) => notify(tx, { ...entry, subjectId: favourId, residenceId, commune }, notices));
};
