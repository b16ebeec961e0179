const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long after a reader is announced to a person they may read, in ms: 48 hours, in which the person may refuse. */
export const announcedForMs = 48 * hourMs;

/** How many readers a person on the watch has, at least. */
export const readersMin = 2;

/** When consent given at an instant lapses: twelve months later, on the last day of a month that is too short. */
export const consentLapsesAt = (givenAt: Date): Date => {
  const later = new Date(givenAt);
  later.setUTCFullYear(givenAt.getUTCFullYear() + 1);
  return later.getUTCMonth() === givenAt.getUTCMonth() ? later : new Date(later.getTime() - dayMs);
};

/** When the person is reminded that their consent will lapse: thirty days before. */
export const consentRemindedAt = (givenAt: Date): Date => new Date(consentLapsesAt(givenAt).getTime() - 30 * dayMs);

/** Until when an entry has consent that a new signed slip renews at this instant: its last sixty days. */
export const renewedBySlipUntil = (now: Date): Date => new Date(now.getTime() + 60 * dayMs);

type Reader = { readonly announcedAt: Date; readonly endsAt: Date; readonly refusedAt: Date | null };

/** Whether a reader named to a person may read their record now: announced 48 hours ago, not at the end of their time, not refused. */
export const mayRead = ({ announcedAt, endsAt, refusedAt }: Reader, now: Date): boolean =>
  refusedAt === null && now.getTime() - announcedAt.getTime() >= announcedForMs && now < endsAt;
