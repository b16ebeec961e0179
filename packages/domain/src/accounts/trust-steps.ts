import { allowed, refused, type Verdict } from '../errors.ts';
import { type Category, isSensitive } from '../posts/categories.ts';
import type { Trust, TrustSource } from './roles.ts';

const dayMs = 86_400_000;

/** What each step of trust opens, in one table: the rules below read it, and the catalogue puts it on screen. */
export const trustOpens = {
  new: {
    read: true,
    ask: true,
    offer: true,
    helpWhereTrustIsNeeded: false,
    seeDoors: false,
    invite: false,
    vouch: false,
  },
  known: {
    read: true,
    ask: true,
    offer: true,
    helpWhereTrustIsNeeded: true,
    seeDoors: true,
    invite: true,
    vouch: true,
  },
  trusted: {
    read: true,
    ask: true,
    offer: true,
    helpWhereTrustIsNeeded: true,
    seeDoors: true,
    invite: true,
    vouch: true,
  },
} as const satisfies Record<Trust, Record<string, boolean>>;

/** Whether this step of trust may be the helper in a category (product.md, Trust in steps). */
export const mayHelp = (trust: Trust, category: Category): boolean =>
  trustOpens[trust].helpWhereTrustIsNeeded || !isSensitive(category);

/**
 * The numbers of vouching. Two neighbours (product.md). A fortnight at home first: long enough for a referent to see a false account on the list of arrivals.
 * Three people in 30 days: a stair gains that many households a year, a gang needs more.
 */
export const vouching = { neighboursNeeded: 2, voucherDaysMin: 14, perMonthMax: 3, monthMs: 30 * dayMs } as const;

/** Who may vouch, as the rule sees them: `trustFrom` says how they became known, `invitedBy` who brought them in, if a neighbour did. */
export type Voucher = {
  id: string;
  trust: Trust;
  trustFrom: TrustSource;
  emailConfirmed: boolean;
  joinedAt: Date;
  invitedBy: string | null;
};

/** Whoever became known by neighbours alone does not make others known before being `trusted`: otherwise one person's accounts would lift each other, floor by floor. */
const isRooted = (voucher: Pick<Voucher, 'trust' | 'trustFrom'>): boolean =>
  voucher.trust === 'trusted' || voucher.trustFrom !== 'neighbours';

/**
 * Whether a resident may vouch for another of their own residence. `recent`: for how many they vouched in the last 30 days.
 * Codes: `vouch.own`, `trust.required` (not known, known by neighbours' vouching alone, address not confirmed, or here for less than a fortnight), `vouch.needless` (already known), `rate.vouches`.
 */
export const canVouch = (
  voucher: Voucher,
  candidate: { id: string; trust: Trust },
  recent: number,
  now: Date,
): Verdict => {
  if (voucher.id === candidate.id) return refused('vouch.own');
  const daysHere = (now.getTime() - voucher.joinedAt.getTime()) / dayMs;
  if (
    !trustOpens[voucher.trust].vouch ||
    !isRooted(voucher) ||
    !voucher.emailConfirmed ||
    daysHere < vouching.voucherDaysMin
  )
    return refused('trust.required');
  if (candidate.trust !== 'new') return refused('vouch.needless');
  return recent >= vouching.perMonthMax ? refused('rate.vouches') : allowed;
};

type Given = Pick<Voucher, 'id' | 'invitedBy'>;

/** Whether neither of two neighbours brought the other in, nor one third person both. */
const areApart = (a: Given, b: Given): boolean =>
  a.id !== b.id &&
  a.invitedBy !== b.id &&
  b.invitedBy !== a.id &&
  (a.invitedBy === null || a.invitedBy !== b.invitedBy);

/**
 * Whether these vouches make a `new` resident `known`: two neighbours apart from each other, neither brought in by the resident.
 * Who invited the resident may be one of the two, never both of them in disguise. `vouchers` are those whose word still counts today.
 */
export const isVouchedFor = (candidateId: string, vouchers: readonly Given[]): boolean => {
  const counted = vouchers.filter(({ id, invitedBy }) => id !== candidateId && invitedBy !== candidateId);
  return counted.some((a, n) => counted.slice(n + 1).some((b) => areApart(a, b)));
};

/**
 * From `known` to `trusted`: three favours done as helper, for three different people already known, a month after becoming known.
 * Three people, so that one friend is not enough; a month, so that it is lived and not played. Never by thanks, likes or a score.
 */
export const trustedAfter = { people: 3, days: 30 } as const;

/** Whether a `known` resident becomes `trusted`: `people` counts the different known neighbours they helped, `knownSince` when they became known. */
export const becomesTrusted = (resident: { trust: Trust; knownSince: Date; people: number }, now: Date): boolean =>
  resident.trust === 'known' &&
  resident.people >= trustedAfter.people &&
  now.getTime() - resident.knownSince.getTime() >= trustedAfter.days * dayMs;
