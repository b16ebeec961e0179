/**
 * What an outbox row says happened. Rows hold ids, never text: a replay renders things as they are now, under today's rights.
 * `post` speaks of one post; `favour` of one favour and its post; `block` of a pair of residents; `rights` of one account whose roles, residence, trust or sessions changed; `residence` of one that was opened or moved; `audit` is a row to chain, of no reader's concern.
 */
export const outboxKinds = ['post', 'favour', 'block', 'rights', 'residence', 'audit'] as const;
export type OutboxKind = (typeof outboxKinds)[number];
