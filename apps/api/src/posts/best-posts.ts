import { trustOpens } from '@palier/domain/accounts';
import { type BestReader, type MatchReason, type ReasonView, scoreForReader } from '@palier/domain/matching';
import type { StoredPost } from '@palier/domain/places';
import type { ListPosts, PostCard } from '@palier/domain/posts';
import { reasonsInWords } from '@palier/messages/reasons';
import type { ResidentContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { viewerOf } from './as-answer.ts';
import { findBestReader, listOwnRequests } from './best-reader.queries.ts';
import { scopeOf } from './feed-order.ts';
import { listFavoursTogether, listLanguages } from './neighbours.queries.ts';
import { findStoredPosts } from './stored-posts.queries.ts';

/** The nearest posts in sight that are weighed against each other; beyond them the list goes on by nearness. */
const weighedMax = 300;
const requestsMax = 10;
/** What a cursor inside the weighed posts begins with; beyond them, it is that of the plain list. */
const mark = 'best~';

type Weighed = { card: PostCard; isUrgent: boolean; score: number; reasons: readonly MatchReason[]; rank: number };
type NearPage = { items: PostCard[]; next: string | null; head: number };
type BestPage = NearPage & { reasons: Record<string, ReasonView[]> };
/** The plain list, nearest first. */
type ListNear = (ctx: ResidentContext, input: ListPosts) => Promise<NearPage>;

const readerOf = async (ctx: ResidentContext): Promise<BestReader> => {
  const { skills, availability, languages } = await findBestReader(ctx.db, ctx.actor.residentId);
  const ids = await listOwnRequests(ctx.db, ctx.actor.residentId, requestsMax);
  return {
    helper: { skills, availability, languages },
    mayHelpAnyone: trustOpens[ctx.actor.trust].helpWhereTrustIsNeeded,
    requests: await findStoredPosts(ctx.db, ids),
  };
};

/** The nearest posts, the urgent first, then the better for this reader, the nearer, the newer. */
const weigh = async (ctx: ResidentContext, cards: readonly PostCard[], asOf: Date): Promise<Weighed[]> => {
  const me = ctx.actor.residentId;
  const reader = await readerOf(ctx);
  const posts = new Map<string, StoredPost>(
    (
      await findStoredPosts(
        ctx.db,
        cards.map(({ id }) => id),
      )
    ).map((post) => [post.id, post]),
  );
  const authors = [...new Set([...posts.values()].map(({ authorId }) => authorId))];
  const languages = await listLanguages(ctx.db, authors);
  const together = await listFavoursTogether(ctx.db, me, authors);
  const viewer = viewerOf(ctx.actor);
  const weighed = cards.flatMap((card, rank): Weighed[] => {
    const post = posts.get(card.id);
    if (!post || post.createdAt > asOf) return [];
    const tie = { languages: languages.get(post.authorId) ?? [], favoursTogether: together.get(post.authorId) ?? 0 };
    const { score, reasons } = scoreForReader(post, viewer, reader, tie, asOf);
    return [{ card, isUrgent: post.urgentUntil !== null && post.urgentUntil > asOf, score, reasons, rank }];
  });
  return weighed.sort((a, b) => Number(b.isUrgent) - Number(a.isUrgent) || b.score - a.score || a.rank - b.rank);
};

/** Where in the weighed posts a page goes on: behind its last one, or behind whatever stood before that when it is gone. */
const openBest = (ctx: ResidentContext, scope: string, cursor: string) => {
  const [asOf, isUrgent, score, id] = openCursor(ctx.keys, `best ${scope}`, cursor.slice(mark.length));
  return { asOf: new Date(Number(asOf)), isUrgent: isUrgent === 1, score: Number(score), id: String(id) };
};

const startOf = (weighed: readonly Weighed[], last: ReturnType<typeof openBest> | null): number => {
  if (!last) return 0;
  const at = weighed.findIndex(({ card }) => card.id === last.id);
  if (at !== -1) return at + 1;
  const next = weighed.findIndex(
    ({ isUrgent, score }) =>
      Number(isUrgent) < Number(last.isUrgent) || (isUrgent === last.isUrgent && score < last.score),
  );
  return next === -1 ? weighed.length : next;
};

/**
 * The feed in the order of what is for this reader: of the nearest few hundred posts the urgent first, then the better; beyond them, by nearness. With the reasons of each, in words.
 * Code: `cursor.invalid`.
 */
export const listBest = async (ctx: ResidentContext, input: ListPosts, listNear: ListNear): Promise<BestPage> => {
  if (input.cursor !== undefined && !input.cursor.startsWith(mark))
    return { ...(await listNear(ctx, input)), reasons: {} };
  const scope = scopeOf(ctx.actor.residentId, input);
  const last = input.cursor === undefined ? null : openBest(ctx, scope, input.cursor);
  const asOf = last?.asOf ?? ctx.now;
  const { cursor: _cursor, ...filters } = input;
  const nearest = await listNear({ ...ctx, now: asOf }, { ...filters, limit: weighedMax });
  const weighed = await weigh(ctx, nearest.items, asOf);
  const from = startOf(weighed, last);
  const shown = weighed.slice(from, from + input.limit);
  const end = shown.at(-1);
  const hasMore = from + input.limit < weighed.length;
  const values = end && [asOf.getTime(), Number(end.isUrgent), end.score, end.card.id];
  return {
    items: shown.map(({ card }) => card),
    reasons: Object.fromEntries(
      shown.flatMap(({ card, reasons }) =>
        reasons.length > 0 ? [[card.id, reasonsInWords(reasons, 'helper', ctx.locale)]] : [],
      ),
    ),
    next: hasMore && values ? `${mark}${sealCursor(ctx.keys, `best ${scope}`, values)}` : nearest.next,
    head: nearest.head,
  };
};
