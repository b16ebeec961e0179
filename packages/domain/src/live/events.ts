import type { Audience } from '../posts/schemas.ts';

/**
 * What an outbox row says happened. Rows hold ids, never text: a replay renders things as they are now, under today's rights.
 * `post` speaks of one post; `favour` of one favour and its post; `block` of a pair of residents; `rights` of one account whose roles, residence, trust or sessions changed; `residence` of one that was opened or moved; `audit` is a row to chain, of no reader's concern.
 */
export const outboxKinds = ['post', 'favour', 'block', 'rights', 'residence', 'audit'] as const;
export type OutboxKind = (typeof outboxKinds)[number];

/**
 * What a `post` row says. `opened`: it may be answered (made, examined, or a place frees again); `changed`: it stays open and reads otherwise (edited, a place taken while others remain, urgent);
 * `closed`: it left the feed (filled, done, withdrawn, expired, removed, held again); `held`: it was made but waits to be examined, so nobody is told; `narrowed:commune` and the like: fewer may see it than
 * the audience named, which it had before; `hidden`: one reader, `sideA`, loses sight of it (the sequencer adds these behind a block).
 */
export type PostChange = 'opened' | 'changed' | 'closed' | 'held' | 'hidden' | `narrowed:${Audience}`;

/** The row of an audience that becomes another: `narrowed:…` when someone may lose sight of the post, else `changed`. */
export const audienceChange = (before: Audience, after: Audience): PostChange =>
  width[after] < width[before] ? `narrowed:${before}` : 'changed';

const width: Readonly<Record<Audience, number>> = { stair: 0, residence: 1, neighbourhood: 2, commune: 3 };

/** The audience a `narrowed:` row says the post had before; null for any other row. */
export const audienceBefore = (change: string): Audience | null => {
  const [word, before] = change.split(':');
  return word === 'narrowed' && before !== undefined && before in width ? (before as Audience) : null;
};

/**
 * What a `rights` row says of the account in `sideA`: `sessions` ended, `profile` or `trust` changed (what they see stays the same), `residence` or stair left for another, `roles` taken away.
 * After the last two, what the reader holds on screen may no longer be theirs to see: they are told to reload.
 */
export type RightsChange = 'sessions' | 'profile' | 'trust' | 'residence' | 'roles';

/** Whether a row of kind `rights` or `residence` moves what its people may see. */
export const movesSight = (event: { kind: OutboxKind; change: string }): boolean =>
  (event.kind === 'rights' && (event.change === 'residence' || event.change === 'roles')) || (event.kind === 'residence' && event.change === 'moved');
