import type { FavourState, Side } from '../favours/schemas.ts';
import type { Audience } from '../posts/schemas.ts';

/**
 * What an outbox row says happened. Rows hold ids, never text: a replay renders things as they are now, under today's rights.
 * `post` speaks of one post; `favour` of one favour and its post; `block` of a pair of residents; `rights` of one account whose roles, residence, trust or sessions changed; `residence` of one that was opened or moved; `notification` of one notification, for the account in `sideA`; `case` of one case, for those whose desk it is on; `conversation` of one conversation, moved by the resident in `sideA`; `insights` of what was published of a commune, `change` being the period; `watch` of one round, in `sideB`, whose coverage moved, for the readers of its people; `audit` is a row to chain, of no reader's concern.
 */
export const outboxKinds = [
  'post',
  'favour',
  'block',
  'rights',
  'residence',
  'audit',
  'notification',
  'conversation',
  'case',
  'insights',
  'watch',
] as const;
export type OutboxKind = (typeof outboxKinds)[number];

/**
 * What a `conversation` row says: `message` was sent; what else its sides read moved: how far one has `read`, the `meeting`, a `door` (its frame never says which).
 */
export type ConversationChange = 'message' | 'read' | 'meeting' | 'door';

/**
 * What a `post` row says. `opened`: it may be answered (made, examined, or a place frees again); `changed`: it stays open and reads otherwise (a place taken while others remain, urgent); `edited`: its author changed it;
 * `filled`, `done`, `closed`: it left the feed; `held`: it was made but waits to be examined, so nobody is told; `narrowed:commune` and the like: edited, and fewer may see it than the audience named, which it had before;
 * `hidden:commune` and the like, and `shown`: one reader, `sideA`, loses or regains sight of it (the sequencer adds these behind a block and its end); the audience is the widest it had of late;
 * `reached`: how far it was told moved, which is for its author, `sideA`, alone.
 */
export type PostChange =
  | 'opened'
  | 'changed'
  | 'edited'
  | 'filled'
  | 'done'
  | 'closed'
  | 'held'
  | `hidden:${Audience}`
  | 'shown'
  | 'reached'
  | `narrowed:${Audience}`;

/**
 * What a `favour` row says: the state it took, and more where the state alone does not tell who must hear of it. `promoted`: accepted after standing by; `stood-down`: withdrawn while it
 * stood by; `done:…`, `no-show:…` and `released:…`: which side made it so (a bare `released`: its post ended); `thanked`: the beneficiary's sentence.
 */
export type FavourChange =
  | Exclude<FavourState, 'done' | 'no-show'>
  | 'promoted'
  | 'standing'
  | 'renamed'
  | 'stood-down'
  | 'thanked'
  | `${'done' | 'no-show' | 'released' | 'excused'}:${Side}`;

/** Whether a `post` row is for the one reader in `sideA`. */
export const isForOne = (change: string): boolean => isHiding(change) || change === 'shown' || change === 'reached';

/** Whether a `post` row takes the post off the screen of the one reader in `sideA`. */
export const isHiding = (change: string): boolean => change.startsWith('hidden:');

/** What a `post` row says when its author edited it: `narrowed:…` when someone may lose sight of it, else `edited`. */
export const editChange = (before: Audience, after: Audience): PostChange =>
  width[after] < width[before] ? `narrowed:${before}` : 'edited';

/** Whether a `post` row says that what the post is about may have moved. */
export const isEdit = (change: string): boolean =>
  change === 'edited' || (audienceBefore(change) !== null && !isHiding(change));

const width: Readonly<Record<Audience, number>> = { stair: 0, residence: 1, neighbourhood: 2, commune: 3 };

/** The audience a `narrowed:` or `hidden:` row says the post had before; null for any other row. */
export const audienceBefore = (change: string): Audience | null => {
  const [word, before] = change.split(':');
  return (word === 'narrowed' || word === 'hidden') && before !== undefined && Object.hasOwn(width, before)
    ? (before as Audience)
    : null;
};

/**
 * What a `rights` row says of the account in `sideA`: `sessions` ended, `profile` or `trust` changed (what they see stays the same), `residence` or stair left for another, `roles` taken away.
 * After the last two, what the reader holds on screen may no longer be theirs to see: they are told to reload.
 */
export type RightsChange = 'sessions' | 'profile' | 'trust' | 'residence' | 'roles';

/** Whether a row of kind `rights` or `residence` moves what its people may see. */
export const movesSight = (event: { kind: OutboxKind; change: string }): boolean =>
  (event.kind === 'rights' && (event.change === 'residence' || event.change === 'roles')) ||
  (event.kind === 'residence' && event.change === 'moved');
