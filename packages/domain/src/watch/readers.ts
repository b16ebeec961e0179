import type { Trust } from '../accounts/roles.ts';
import { allowed, refused, type Verdict } from '../errors.ts';
import { announcedForMs, readersMin } from './consent.ts';
import type { ReaderState } from './schemas.ts';

const dayMs = 86_400_000;

type Naming = { readonly effectiveAt: Date | null; readonly endsAt: Date };

/** Where a naming that stands is at `now`. */
export const readerStateOf = ({ effectiveAt }: Pick<Naming, 'effectiveAt'>, now: Date): ReaderState => {
  if (effectiveAt === null) return 'waiting';
  return effectiveAt <= now ? 'reading' : 'announced';
};

/** From when a reader announced at `at` may read: 48 hours later, in which the person may refuse (privacy.md, The watch). */
export const effectiveFrom = (at: Date): Date => new Date(at.getTime() + announcedForMs);

/** How many readers a person lacks of two (0 to 2), counting those named whose end is not near: 48 hours away at least, so that the next can be announced in time. */
export const readersMissing = (namings: readonly Naming[], now: Date): number =>
  Math.max(0, readersMin - namings.filter(({ endsAt }) => endsAt.getTime() - now.getTime() > announcedForMs).length);

/** The instant at which a reader's last day (`2027-03-31`) is over, in UTC. */
export const endOfDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs);

/** Whether a reader may be named until the end of a day: more than the 48 hours of the announcement away, and a year at most. Code: `watch.end`. */
export const canEndOn = (endsAt: Date, now: Date): Verdict => {
  const away = endsAt.getTime() - now.getTime();
  return away > announcedForMs && away <= 367 * dayMs ? allowed : refused('watch.end');
};

/** Whether the signature of a slip is of a day that its consent can begin at: not after today, and thirty days old at most. Code: `watch.slip`. */
export const canTakeSlip = (signedOn: string, now: Date): Verdict => {
  const signedAt = Date.parse(`${signedOn}T00:00:00Z`);
  return signedAt <= now.getTime() + dayMs / 2 && now.getTime() - signedAt <= 31 * dayMs
    ? allowed
    : refused('watch.slip');
};

/** Whether a resident may offer to make checks: not as a newcomer (product.md, Trust in steps). Code: `trust.required`. */
export const canVolunteer = (trust: Trust): Verdict => (trust === 'new' ? refused('trust.required') : allowed);
