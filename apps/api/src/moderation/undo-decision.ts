import type { Transaction } from '@palier/db';
import type { Before } from '@palier/domain/moderation';
import { restoreFavour } from '../favours/index.ts';
import type { OutboxEvent } from '../record.ts';
import { claimStanding, lockResident } from './effects.queries.ts';
import { putBack } from './effects.ts';

const dateOf = (text: string | null | undefined, now: Date | null): Date | null =>
  text === undefined ? now : text === null ? null : new Date(text);

/** The pause or exclusion that stood before. */
const standBack = async (tx: Transaction, before: Before, aboutId: string): Promise<OutboxEvent[]> => {
  if (before.pausedUntil === undefined && before.excludedAt === undefined) return [];
  const resident = await lockResident(tx, aboutId);
  if (!resident) return [];
  await claimStanding(tx, aboutId, {
    pausedUntil: dateOf(before.pausedUntil, resident.pausedUntil),
    excludedAt: dateOf(before.excludedAt, resident.excludedAt),
  });
  const change = before.excludedAt === undefined ? 'profile' : 'residence';
  return resident.accountId ? [{ kind: 'rights', change, sideA: resident.accountId }] : [];
};

/** Undoes what a decision did: posts as they were, the pause or exclusion that stood before, promises where nobody else came and there is still time; says how many of these stand again. */
export const undoDecision = async (
  tx: Transaction,
  before: Before,
  aboutId: string,
  now: Date,
): Promise<{ events: OutboxEvent[]; promises: NonNullable<Before['promises']> }> => {
  const events: OutboxEvent[] = [];
  for (const was of before.posts) events.push(...(await putBack(tx, was, now)));
  events.push(...(await standBack(tx, before, aboutId)));
  const promises = { back: 0, gone: 0 };
  for (const favour of before.favours ?? []) {
    const restored = await restoreFavour(tx, favour, now);
    promises[restored ? 'back' : 'gone'] += 1;
    events.push(...(restored ?? []));
  }
  return { events, promises };
};
