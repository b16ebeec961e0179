import type { Transaction } from '@palier/db';
import {
  byScore,
  chaseAt,
  giverOfHelper,
  giverOfOffer,
  isUrgentAt,
  isWithinReach,
  matchFloor,
  type PlannedStep,
  planSteps,
  ringBetween,
  ringOf,
  scoreMatch,
  wantedOf,
} from '@palier/domain/matching';
import { nearnessM, type StoredPost, timeZoneOfCommune } from '@palier/domain/places';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { findStoredPost, findStoredPosts, listFavoursTogether, listLanguages, reachEvent } from '../posts/index.ts';
import { type OutboxEvent, tellBesides } from '../record.ts';
import { listCandidates, listCounterparts } from './candidates.queries.ts';
import { fitsOf } from './fits.ts';
import { deleteMatches, insertMatches, type NewMatch } from './matches.queries.ts';
import { tellMovedRequests } from './moved-requests.ts';
import { cellsReached } from './reach-cells.ts';
import { beginTelling, planTelling } from './tellings.queries.ts';

/** The posts of the other kind that are looked at, the closest and newest of them, the residents that are, and how many of either are kept. */
const bounds = { posts: 300, residents: 1500, keptPosts: 100, keptResidents: 300 } as const;

const bestOf = (found: readonly NewMatch[], most: number): NewMatch[] =>
  found
    .map((match) => ({ ...match, id: match.residentId ?? `${match.requestId} ${match.offerId}` }))
    .sort(byScore)
    .slice(0, most)
    .map(({ id: _, ...match }) => match);

/** Of posts of the other kind, those that fit: a request with its offers, or an offer with its requests. */
const matchPosts = async (
  ctx: Context<unknown>,
  post: StoredPost,
  language: string,
): Promise<{ found: NewMatch[]; others: StoredPost[] }> => {
  const cells = await cellsReached(ctx.db, { ...post, audience: 'commune' });
  const ids = await listCounterparts(ctx.db, post, {
    cells,
    fits: fitsOf(post.category),
    now: ctx.now,
    limit: bounds.posts,
  });
  if (ids.length === 0) return { found: [], others: [] };
  const others = await findStoredPosts(ctx.db, ids);
  const authors = [post.authorId, ...others.map(({ authorId }) => authorId)];
  const languages = await listLanguages(ctx.db, authors);
  const together = await listFavoursTogether(ctx.db, post.authorId, authors);
  const ofPost = post.kind === 'request' ? { ...wantedOf(post, language, ctx.now) } : null;
  const found = others.flatMap((other): NewMatch[] => {
    const ring = ringBetween(post, other);
    if (!ring) return [];
    const [request, offer] = post.kind === 'request' ? [post, other] : [other, post];
    const spoken = languages.get(offer.authorId) ?? [];
    const giver = giverOfOffer(offer, ring, spoken, together.get(other.authorId) ?? 0);
    const { score, reasons } = scoreMatch(
      ofPost ?? wantedOf(request, languages.get(request.authorId)?.[0] ?? 'fr', ctx.now),
      giver,
    );
    return score < matchFloor
      ? []
      : [{ requestId: request.id, offerId: offer.id, residentId: null, ring, score, reasons }];
  });
  return { found: bestOf(found, bounds.keptPosts), others };
};

/** Of the residents that a request's audience holds, those who said they can help with such things. */
const matchResidents = async (ctx: Context<unknown>, request: StoredPost, language: string): Promise<NewMatch[]> => {
  const around = {
    home: true,
    cells: await cellsReached(ctx.db, request),
    fits: fitsOf(request.category),
    onlyFitting: true,
    first: [],
    interested: false,
    untold: false,
    limit: bounds.residents,
  };
  const wanted = wantedOf(request, language, ctx.now);
  const found = (await listCandidates(ctx.db, request, around, ctx.now)).flatMap((person): NewMatch[] => {
    const viewer = { ...person, residentId: person.id };
    const ring = ringOf(request, viewer);
    if (!ring || !isWithinReach(request, person, nearnessM(request, viewer))) return [];
    const { score, reasons } = scoreMatch(wanted, giverOfHelper({ ...person, askedLately: 0 }, ring));
    return score < matchFloor
      ? []
      : [{ requestId: request.id, offerId: null, residentId: person.id, ring, score, reasons }];
  });
  return bestOf(found, bounds.keptResidents);
};

/** Plans, or plans again, who is told of a post and when; its first plan counts from now. Whoever has just changed it, or said that it still holds, is asked halfway from there. Answers the steps that wait. */
const plan = async (tx: Transaction, post: StoredPost, now: Date): Promise<PlannedStep[]> => {
  const timeZone = timeZoneOfCommune(post.commune);
  const openedAt = await beginTelling(tx, post.id, now, chaseAt(post, post.updatedAt, post.expiresAt));
  const isUrgent = isUrgentAt(post, now);
  return planTelling(tx, post.id, planSteps(post, isUrgent, isUrgent ? now : openedAt, timeZone));
};

/** Whether a ring of this post is about to be told: its author then hears of that, and of what fits, in one word. */
const isRingDue = (waiting: readonly PlannedStep[], now: Date): boolean =>
  waiting.some(({ step, dueAt }) => step !== 'interests' && dueAt <= now);

/**
 * Finds what fits a post that was opened or edited, both ways, and plans who is told of it. Its author sees it at once, and so do the authors of the requests that an offer fits. Nothing when it is not open any more. Run twice, it ends the same.
 */
export const matchPost = async (ctx: Context<unknown>, input: { postId: string }): Promise<boolean> => {
  const [post] = await findStoredPosts(ctx.db, [input.postId]);
  if (post?.state !== 'open' || post.expiresAt <= ctx.now) return false;
  const language = (await listLanguages(ctx.db, [post.authorId])).get(post.authorId)?.[0] ?? 'fr';
  const { found: ofPosts, others } = await matchPosts(ctx, post, language);
  const found = post.kind === 'request' ? [...ofPosts, ...(await matchResidents(ctx, post, language))] : ofPosts;
  return mutate(ctx, async (tx) => {
    const seen = await findStoredPost(tx, post.id);
    if (seen?.state !== 'open') return false;
    const waiting = await plan(tx, seen, ctx.now); // its telling is locked from here on
    const before = await deleteMatches(tx, post.id);
    await insertMatches(tx, found);
    if (post.kind === 'offer') await tellMovedRequests(tx, post, { found, requests: others, before });
    const events: OutboxEvent[] = isRingDue(waiting, ctx.now) ? [] : [reachEvent(seen)];
    // Its end is then seen at once, not at the next minute's round.
    if (isUrgentAt(seen, ctx.now)) events.push({ kind: 'audit', change: 'post.urgent', postId: post.id });
    if (events.length > 0) await tellBesides(tx, events);
    return true;
  });
};
