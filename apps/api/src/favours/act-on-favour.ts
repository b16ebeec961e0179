import type { Transaction } from '@palier/db';
import { canAct, type FavourAct, type FavourView, type Side } from '@palier/domain/favours';
import type { FavourChange } from '@palier/domain/live';
import { z } from 'zod';
import { canActTowards } from '../acting.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { mutate, reader } from '../mutate.ts';
import { favourEvent, postEvent } from '../posts/index.ts';
import { actedBy, type OutboxEvent, record } from '../record.ts';
import { viewOf } from './favour-view.ts';
import {
  claimFavour,
  claimPromotion,
  findFavour,
  lockPostOfFavour,
  releaseHelper,
  releasePlace,
  type ViewedFavour,
} from './favours.queries.ts';

export const FavourId = z.strictObject({ favourId: z.uuid() });

export type LockedPost = NonNullable<Awaited<ReturnType<typeof lockPostOfFavour>>>;
export type Favour = ViewedFavour['favour'];

/** Which side of a favour a resident is on. */
export const sideOf = (favour: Pick<Favour, 'helperId'>, residentId: string): Side =>
  favour.helperId === residentId ? 'helper' : 'beneficiary';

type Act = {
  act: FavourAct;
  reason?: string;
  /** What the act changes once it is allowed, under the lock of the post; answers what the stream is told. */
  perform: (tx: Transaction, favour: Favour, post: LockedPost) => Promise<OutboxEvent[]>;
};

/** One act of a side on a favour: its post locked, the rule asked of what is there now, the change, the log. Codes: `resource.absent`, `role.required`, and the act's own. */
export const actOnFavour = async (
  ctx: ResidentContext,
  favourId: string,
  { act, reason, perform }: Act,
): Promise<FavourView> => {
  const { residentId } = ctx.actor;
  const { favour: known } = orAbsent(await findFavour(reader(ctx), favourId, residentId));
  await mutate(ctx, async (tx) => {
    const post = orAbsent(await lockPostOfFavour(tx, known.postId));
    const { favour } = orAbsent(await findFavour(tx, favourId, residentId));
    insist(canActTowards(ctx, favour.helperId === residentId ? favour.beneficiaryId : favour.helperId));
    insist(canAct(act, { ...favour, thanked: favour.thanks !== null, excused: favour.excusedAt !== null }, residentId));
    const events = await perform(tx, favour, post);
    const entry = {
      ...actedBy(ctx),
      action: `favour.${act}`,
      subject: 'favour',
      subjectId: favourId,
      residenceId: post.residenceId,
      commune: post.commune,
    } as const;
    await record(tx, { ...entry, ...(reason && { reason }) }, events);
  });
  return viewOf(orAbsent(await findFavour(reader(ctx), favourId, residentId)), residentId);
};

/** Ends a favour before it was done: its helper is freed, whoever stands by takes the place, else the place opens again. Code: `favour.closed`. */
export const leavePlace = async (
  tx: Transaction,
  favour: Favour,
  post: LockedPost,
  {
    change,
    ...end
  }: {
    state: 'withdrawn' | 'declined' | 'no-show' | 'released';
    reason: string | null;
    change: FavourChange;
  },
  now: Date,
): Promise<OutboxEvent[]> => {
  if (!(await claimFavour(tx, favour.id, favour.state, end, now))) throw new AppError('favour.closed');
  const told = favourEvent(favour, post.id, change);
  const promoted = favour.state === 'accepted' ? await claimPromotion(tx, post.id, now) : undefined;
  if (favour.state === 'accepted' && !promoted) await releasePlace(tx, post.id, now);
  if (post.kind === 'request') await releaseHelper(tx, favour.acceptedBy);
  if (favour.state !== 'accepted') return [told];
  return promoted
    ? [told, favourEvent(promoted, post.id, 'promoted')]
    : [postEvent(post, post.state === 'filled' ? 'opened' : 'changed'), told];
};
