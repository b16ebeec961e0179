import type { Transaction } from '@palier/db';
import {
  byAsking,
  giverOfHelper,
  isUrgentAt,
  isWithinReach,
  type MatchReason,
  mayTell,
  nextTellableAt,
  type Ring,
  ringOf,
  scoreAsk,
  spaceSteps,
  type TellingStep,
  toldPerStep,
  wallDay,
  wantedOf,
} from '@palier/domain/matching';
import { nearnessM, type StoredPost, timeZoneOfCommune } from '@palier/domain/places';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { notify } from '../notifications/index.ts';
import { findStoredPost, findStoredPosts, listLanguages, reachEvent } from '../posts/index.ts';
import { tellBesides } from '../record.ts';
import { claimAskDays, insertAsks, listToldOn } from './asks.queries.ts';
import { type Candidate, listCandidates, listInterestReach } from './candidates.queries.ts';
import { fitsOf } from './fits.ts';
import { listOffering } from './matches.queries.ts';
import { cellsReached } from './reach-cells.ts';
import { ringsAfter } from './rings-of-steps.ts';
import { claimStep, findDueStep, listSteps, lockTelling, putOffSteps } from './tellings.queries.ts';

/** The people looked at in one ring, and how many holders of an interest one post tells at once. */
const lookedAt = 600;
const interestedMax = 100;

type Placed = Candidate & {
  ring: Ring;
  metres: number;
  score: number;
  reasons: readonly MatchReason[];
  isOffering: boolean;
};
/** Whose open offers fit the post, and why. */
type Offering = ReadonlyMap<string, readonly MatchReason[]>;

const aroundOf = (post: StoredPost, step: TellingStep, cells: readonly string[], offering: Offering) => ({
  home: step === 'stair' || step === 'residence' || step === 'interests',
  cells,
  fits: fitsOf(post.category),
  onlyFitting: false,
  first: [...offering.keys()],
  interested: step === 'interests',
  untold: true,
  limit: lookedAt,
});

/** Those whom this step may be put to: whoever offers it already, then the best; whoever was asked lately gives way. */
const rank = async (
  tx: Transaction,
  post: StoredPost,
  step: TellingStep,
  found: readonly Candidate[],
  offering: Offering,
  now: Date,
): Promise<Placed[]> => {
  const language = (await listLanguages(tx, [post.authorId])).get(post.authorId)?.[0] ?? 'fr';
  const wanted = wantedOf(post, language, now);
  const looks =
    step === 'interests'
      ? await listInterestReach(
          tx,
          post.category,
          found.map(({ id }) => id),
        )
      : null;
  const placed = found.flatMap((person): Placed[] => {
    const viewer = { ...person, residentId: person.id };
    const ring = ringOf(post, viewer);
    const metres = nearnessM(post, viewer);
    if (!ring) return [];
    if (looks)
      return metres <= (looks.get(person.id) ?? -1)
        ? [{ ...person, ring, metres, score: 1, reasons: [], isOffering: false }]
        : [];
    if (ring !== step || !isWithinReach(post, person, metres)) return [];
    const { score, reasons } = scoreAsk(wanted, giverOfHelper(person, ring));
    const offered = offering.get(person.id);
    return offered || score > 0
      ? [{ ...person, ring, metres, score, reasons: offered ?? reasons, isOffering: offered !== undefined }]
      : [];
  });
  // Equals keep the order in which they were found, which differs from post to post.
  return placed.sort(byAsking);
};

const dayOf = ({ id, commune }: Candidate, now: Date) => ({ id, day: wallDay(now, timeZoneOfCommune(commune)) });

/** Of those ranked, who is told now, and when those asleep may be. */
const choose = async (tx: Transaction, post: StoredPost, ranked: readonly Placed[], most: number, now: Date) => {
  const told = await listToldOn(
    tx,
    ranked.map((person) => dayOf(person, now)),
  );
  const isUrgent = isUrgentAt(post, now);
  const chosen: Placed[] = [];
  let again: Date | null = null;
  for (const person of ranked) {
    if (chosen.length >= most) break;
    const timeZone = timeZoneOfCommune(person.commune);
    const askable = { ...person, toldToday: told.get(person.id) ?? 0, wantsUrgentAtNight: person.urgentAtNight };
    const not = mayTell(askable, { isUrgent }, now, timeZone);
    if (not === null) chosen.push(person);
    if (not !== 'night') continue;
    const morning = nextTellableAt(now, timeZone);
    if (!again || morning < again) again = morning;
  }
  return { chosen, again: chosen.length >= most ? null : again };
};

/** Writes who is told: one of their day's asks, that they were, the notification, and the word to the stream. */
const tell = async (
  tx: Transaction,
  ctx: Context<unknown>,
  post: StoredPost,
  step: TellingStep,
  chosen: readonly Placed[],
): Promise<number> => {
  if (chosen.length === 0) return 0;
  const left = await claimAskDays(
    tx,
    chosen.map((person) => dayOf(person, ctx.now)),
  );
  const untold = await insertAsks(
    tx,
    { postId: post.id, step },
    chosen.filter(({ id }) => left.has(id)).map(({ id }) => id),
    ctx.now,
  );
  const heard = chosen.filter(({ id }) => untold.has(id));
  await notify(
    tx,
    {
      at: ctx.now,
      actorId: null,
      actorRole: 'system',
      action: 'post.tell',
      subject: 'post',
      subjectId: post.id,
      residenceId: post.residenceId,
      commune: post.commune,
    },
    heard.map(({ accountId, reasons }) => ({
      accountId,
      kind: step === 'interests' ? 'interest' : 'ask',
      postId: post.id,
      reasons,
    })),
  );
  return heard.length;
};

/** The rings after one that was told to its end wait for their delay behind it. */
const spaceRings = async (tx: Transaction, post: StoredPost, told: Ring, now: Date): Promise<void> => {
  const waiting = ringsAfter(await listSteps(tx, post.id), told).filter(({ doneAt }) => !doneAt);
  const timeZone = timeZoneOfCommune(post.commune);
  await putOffSteps(tx, post.id, spaceSteps(waiting, told, now, isUrgentAt(post, now), timeZone));
};

/**
 * Tells one step of a post if it is due: at most `toldPerStep` people, nobody twice, nobody beyond their day or asleep. Whoever sleeps is told in the morning, if the post is still open. One
 * transaction, so that a cut tells nobody or all of them; twenty at once tell once. A ring that was told is the author's to see at once. Answers how many were told, null when the step is not due or the post not open.
 */
export const tellStep = async (
  ctx: Context<unknown>,
  input: { postId: string; step: TellingStep },
): Promise<number | null> => {
  const { postId, step } = input;
  const [known] = await findStoredPosts(ctx.db, [postId]);
  if (!known) return null;
  const ring = step === 'interests' ? undefined : step;
  const cells = ring === 'stair' || ring === 'residence' ? [] : await cellsReached(ctx.db, known, ring);
  return mutate(ctx, async (tx) => {
    if (!(await lockTelling(tx, postId))) return null;
    const due = await findDueStep(tx, postId, step, ctx.now);
    const post = due && (await findStoredPost(tx, postId));
    if (!due || !post || post.state !== 'open' || post.expiresAt <= ctx.now) return null;
    const offering: Offering = ring ? await listOffering(tx, postId, ctx.now) : new Map();
    const found = await listCandidates(tx, post, aroundOf(post, step, cells, offering), ctx.now);
    const ranked = await rank(tx, post, step, found, offering, ctx.now);
    const perStep = step === 'interests' ? interestedMax : toldPerStep[isUrgentAt(post, ctx.now) ? 'urgent' : 'calm'];
    const { chosen, again } = await choose(tx, post, ranked, Math.max(0, perStep - due.told), ctx.now);
    const told = await tell(tx, ctx, post, step, chosen);
    await claimStep(tx, { postId, step }, told, ctx.now, again);
    if (!ring) return told;
    if (!again) await spaceRings(tx, post, ring, ctx.now);
    await tellBesides(tx, [reachEvent(post)]);
    return told;
  });
};
