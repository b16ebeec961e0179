import type { AppErrorCode } from '../errors.ts';

/** The detectors that screening asks (`@palier/domain/posts/language`), as arguments: whatever they do, also throw, screening answers. */
export type Detectors = {
  emergency: (text: string) => { kinds: readonly string[]; numbers: readonly string[] } | null;
  payment: (text: string) => { refused: boolean };
  contacts: (text: string) => readonly { kind: 'phone' | 'email' | 'address' | 'link' }[];
};

/** Why a post waits for a referent: it holds a link while its author's account is recent, or it could not be screened. */
export type Hold = 'link' | 'unscreened';

/** What screening answers: a refusal with its code (and, for an emergency, whom to call), or a post that may be written with what would hold it back. */
export type Screening =
  | {
      outcome: 'refused';
      code: Extract<AppErrorCode, 'post.emergency' | 'post.payment' | 'post.contact'>;
      kinds: readonly string[];
      numbers: readonly string[];
    }
  | { outcome: 'passed'; holds: readonly Hold[] };

/** How long an account is recent, in ms: links it writes wait for a referent during its first week. */
export const recentMs = 7 * 86_400_000;

const refusal = (code: 'post.payment' | 'post.contact'): Screening => ({
  outcome: 'refused',
  code,
  kinds: [],
  numbers: [],
});

/**
 * Screens the public words of a post, in the order that matters to whoever wrote them: emergency first (unless its numbers were seen), then payment, then
 * ways to be reached. Codes: `post.emergency`, `post.payment`, `post.contact`. Fails closed: what cannot be screened is held.
 */
export const screenPost = (
  words: { title: string; details: string },
  isEmergencySeen: boolean,
  detect: Detectors,
): Screening => {
  try {
    const text = `${words.title}\n${words.details}`;
    const emergency = isEmergencySeen ? null : detect.emergency(text);
    if (emergency)
      return { outcome: 'refused', code: 'post.emergency', kinds: emergency.kinds, numbers: emergency.numbers };
    if (detect.payment(text).refused) return refusal('post.payment');
    const contacts = detect.contacts(text);
    if (contacts.some(({ kind }) => kind !== 'link')) return refusal('post.contact');
    return { outcome: 'passed', holds: contacts.length > 0 ? ['link'] : [] };
  } catch {
    return { outcome: 'passed', holds: ['unscreened'] };
  }
};

/** The state in which a screened post begins: `held` for what could not be screened, and for a link of an author who joined less than seven days ago or at an unknown time. */
export const stateAfter = (holds: readonly Hold[], author: { joinedAt: Date | null }, now: Date): 'open' | 'held' => {
  const isRecent = author.joinedAt === null || now.getTime() - author.joinedAt.getTime() < recentMs;
  return holds.includes('unscreened') || (holds.includes('link') && isRecent) ? 'held' : 'open';
};
