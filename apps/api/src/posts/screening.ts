import type { Transaction } from '@palier/db';
import { type Detectors, screenPost, stateAfter } from '@palier/domain/posts';
import { detectEmergency, detectPayment, findContacts } from '@palier/domain/posts/language';
import { AppError } from '../errors.ts';
import { findJoinedAt } from './posts.queries.ts';

const detectors: Detectors = { emergency: detectEmergency, payment: detectPayment, contacts: findContacts };

type Words = { title: string; details: string };

/** What would hold these words back, or a refusal. Codes: `post.emergency` (with the kinds and the numbers to call), `post.payment`, `post.contact`. */
export const screenWords = (words: Words, isEmergencySeen: boolean) => {
  const screening = screenPost(words, isEmergencySeen, detectors);
  if (screening.outcome === 'passed') return screening.holds;
  const { code, kinds, numbers } = screening;
  throw new AppError(code, code === 'post.emergency' ? { extensions: { numbers, kinds } } : {});
};

/** The state these words begin in; the author's age is asked only where it matters. */
export const stateOfHolds = async (
  tx: Transaction,
  holds: ReturnType<typeof screenWords>,
  authorId: string,
  now: Date,
): Promise<'open' | 'held'> =>
  stateAfter(holds, { joinedAt: holds.includes('link') ? await findJoinedAt(tx, authorId, false) : null }, now);
