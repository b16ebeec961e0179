import type { Transaction } from '@palier/db';
import { type Beginning, beginningOf, type Detectors, type Hold, repeatsIn, screenPost } from '@palier/domain/posts';
import { detectEmergency, detectHarm, detectPayment, findContacts } from '@palier/domain/posts/language';
import type { ResidenceMode } from '@palier/domain/residences';
import { AppError } from '../errors.ts';
import { findJoinedAt, listWrittenLately } from './posts.queries.ts';

const detectors: Detectors = {
  emergency: detectEmergency,
  payment: detectPayment,
  contacts: findContacts,
  harm: detectHarm,
};

type Words = { title: string; details: string };

/** What would hold these words back, or a refusal. Codes: `post.emergency` (with the kinds and the numbers to call), `post.payment`, `post.contact`. */
export const screenWords = (words: Words, isEmergencySeen: boolean) => {
  const screening = screenPost(words, isEmergencySeen, detectors);
  if (screening.outcome === 'passed') return screening.holds;
  const { code, kinds, numbers } = screening;
  throw new AppError(code, code === 'post.emergency' ? { extensions: { numbers, kinds } } : {});
};

type Author = { id: string; residenceId: string; mode: ResidenceMode };

/** How words found so begin; the author's age is asked only where it matters, and what was written lately only where limits hold (`isCounted`). */
export const beginningFor = async (
  tx: Transaction,
  { text, found, isCounted }: { text: string; found: readonly Hold[]; isCounted: boolean },
  author: Author,
  now: Date,
): Promise<Beginning> => {
  const joinedAt = found.includes('link') ? await findJoinedAt(tx, author.id, false) : null;
  const repeats = isCounted
    ? repeatsIn(text, author.id, await listWrittenLately(tx, author.residenceId, now), now)
    : [];
  return beginningOf([...found, ...repeats], { joinedAt }, author.mode, now);
};
