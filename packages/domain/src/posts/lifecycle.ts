import type { Trust } from '../accounts/roles.ts';
import { mayHelp } from '../accounts/trust-steps.ts';
import { allowed, refused, type Verdict } from '../errors.ts';
import { type Category, staysInResidence } from './categories.ts';
import { type Audience, type CreatePost, ExpiryReason, type PostKind, type PostState } from './schemas.ts';

/**
 * A post's life (product.md): what each state may become.
 * `removed` is a referent's decision and reversible, so it leads back to whatever the post was.
 */
export const postTransitions: Readonly<Record<PostState, readonly PostState[]>> = {
  held: ['open', 'withdrawn', 'expired', 'removed'],
  open: ['filled', 'withdrawn', 'expired', 'removed'],
  filled: ['open', 'done', 'withdrawn', 'expired', 'removed'],
  done: ['removed'],
  withdrawn: ['removed'],
  expired: ['removed'],
  removed: ['held', 'open', 'filled', 'done', 'withdrawn', 'expired'],
};

/** Whether a post may go from one state to another. */
export const canBecome = (from: PostState, to: PostState): boolean => postTransitions[from].includes(to);

/** The states in which a post still lives: it may be changed, answered or ended. */
export const livePostStates = ['held', 'open', 'filled'] as const satisfies readonly PostState[];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long a post stays urgent (product.md: a state, not a shout): two hours, in ms. */
export const urgentMs = 2 * hourMs;

/** How far ahead the posts of a series are made: 14 days, in ms. */
export const seriesAheadMs = 14 * dayMs;

/** How long a post without a date lives before it is closed unanswered: 14 days for a request, 60 for an offer, in ms. */
const lifeMs: Readonly<Record<PostKind, number>> = { request: 14 * dayMs, offer: 60 * dayMs };

/**
 * How long a post that somebody said yes to waits for one of them to say that it is done, in ms: three days after its date; one without a date, fourteen days after its end or the last yes,
 * since the two still have to find their hour.
 */
export const doneGraceMs = { dated: 3 * dayMs, undated: 14 * dayMs } as const;

/** When a post ends by itself: at the end of its window, else after the life of its kind. */
export const expiresAt = (post: { kind: PostKind; window?: { to: string } | null | undefined }, now: Date): Date =>
  new Date(post.window ? Date.parse(post.window.to) : now.getTime() + lifeMs[post.kind]);

/** Why a post that came to its end ended, or looks for nobody else: nobody examined it; nobody answered; or its date passed, be it answered by somebody who never said that it was done. */
export const expiryReason = (post: { state: PostState; hasWindow: boolean }): ExpiryReason =>
  post.state === 'held' ? 'not-examined' : post.hasWindow || post.state === 'filled' ? 'date-passed' : 'no-answer';

/**
 * How a post came to its end, as its author is told: for one of the reasons above; `unsaid`, somebody had said yes and nobody said that it was done; or `call`, those who said yes are still
 * expected and nobody else is looked for. Null while it lives, and when its end came of somebody's gesture.
 */
export type PostEnding = ExpiryReason | 'unsaid' | 'call';
export const endingOf = (
  post: { state: PostState; endReason: string | null; expiresAt: Date; wasAnswered: boolean },
  now: Date,
): PostEnding | null => {
  if (post.state === 'filled') return post.expiresAt <= now ? 'call' : null;
  if (post.state !== 'expired') return null;
  const reason = ExpiryReason.safeParse(post.endReason);
  return post.wasAnswered ? 'unsaid' : (reason.data ?? 'no-answer');
};

/** Who sees a post whose author did not say: the residence where it tells of frailty or children, else the neighbourhood. */
export const defaultAudience = (category: Category): Audience =>
  staysInResidence(category) ? 'residence' : 'neighbourhood';

const canAskFor = ({ livesHere, agreedAt }: NonNullable<CreatePost['onBehalfOf']>, now: Date): Verdict => {
  if (livesHere === false) return refused('post.elsewhere');
  const given = agreedAt === undefined ? now.getTime() : Date.parse(agreedAt);
  return given > now.getTime() || given < now.getTime() - 366 * dayMs ? refused('post.consent') : allowed;
};

/**
 * Whether this resident may write this post now.
 * Codes: `trust.required` (a `new` resident offering where trust is needed), `post.window` (it ends in the past or over a year ahead), `post.repeats` (a series without a date, or that ends before it begins or after a year),
 * `post.elsewhere` (for someone of another residence: a referent of theirs asks for them), `post.consent` (they would have agreed in the future, or over a year ago).
 */
export const canPost = (
  draft: Pick<CreatePost, 'kind' | 'category' | 'window' | 'repeats' | 'onBehalfOf'>,
  author: { trust: Trust },
  now: Date,
): Verdict => {
  if (draft.kind === 'offer' && !mayHelp(author.trust, draft.category)) return refused('trust.required');
  const yearAhead = now.getTime() + 366 * dayMs;
  if (draft.window && (Date.parse(draft.window.to) <= now.getTime() || Date.parse(draft.window.to) > yearAhead))
    return refused('post.window');
  if (draft.repeats) {
    const until = Date.parse(draft.repeats.until);
    if (!draft.window || until <= Date.parse(draft.window.from) || until > yearAhead) return refused('post.repeats');
  }
  return draft.onBehalfOf ? canAskFor(draft.onBehalfOf, now) : allowed;
};

/** Whether its author may still change a post: while it lives and nobody has a place. Codes: `post.closed`, `post.taken`. */
export const canEdit = (post: { state: PostState; taken: number }): Verdict =>
  post.state !== 'held' && post.state !== 'open'
    ? refused('post.closed')
    : post.taken > 0
      ? refused('post.taken')
      : allowed;

/** Whether its author may withdraw a post: while it lives; a removed one is a referent's to give back. Code: `post.closed`. */
export const canWithdraw = (post: { state: PostState }): Verdict =>
  livePostStates.some((state) => state === post.state) ? allowed : refused('post.closed');

/** Whether its author may say for how many people a post is: while it is open or filled and has not come to its end, and not under those who said yes. Codes: `post.closed`, `post.taken`. */
export const canSetPlaces = (
  post: { state: PostState; taken: number; expiresAt: Date },
  helpersNeeded: number,
  now: Date,
): Verdict =>
  (post.state !== 'open' && post.state !== 'filled') || post.expiresAt <= now
    ? refused('post.closed')
    : helpersNeeded < post.taken
      ? refused('post.taken')
      : allowed;

/** Whether its author may say that a post is still needed: while it is open and has not come to its end. Code: `post.closed`. */
export const canConfirmNeed = (post: { state: PostState; expiresAt: Date }, now: Date): Verdict =>
  post.state === 'open' && post.expiresAt > now ? allowed : refused('post.closed');
