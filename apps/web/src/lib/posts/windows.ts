/** How an author says when: `any` is for offers. */
export const whens = ['any', 'now', 'today', 'week', 'date'] as const;
export type When = (typeof whens)[number];

export interface Span {
  from: string;
  to: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Wall-clock time of an instant in a time zone, as the milliseconds that UTC would show. */
const wallMs = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
};

/** The instant at which clocks of a time zone show this wall-clock time; the hour skipped in spring is taken as the one after, the one repeated in autumn as the first. */
const instantOf = (wall: number, timeZone: string): number => {
  const before = wall - (wallMs(wall - dayMs, timeZone) - (wall - dayMs));
  if (wallMs(before, timeZone) === wall) return before;
  const after = wall - (wallMs(wall + dayMs, timeZone) - (wall + dayMs));
  return wallMs(after, timeZone) === wall ? after : before;
};

const clock = (text: string): number | null => {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return found ? Number(found[1]) * hourMs + Number(found[2]) * 60_000 : null;
};

/** The instant of a day (`2026-11-30`) and an hour (`18:30`) of a time zone (IANA name); null when either is not one. */
export const instantAt = (day: string, hour: string, timeZone: string): Date | null => {
  const time = clock(hour);
  const midnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return time === null || Number.isNaN(midnight) ? null : new Date(instantOf(midnight + time, timeZone));
};

/** The day and hour of an instant as fields of a form hold them, in a time zone (IANA name). */
export const fieldsOf = (at: Date, timeZone: string): { day: string; hour: string } => {
  const [day = '', rest = ''] = new Date(wallMs(at.getTime(), timeZone)).toISOString().split('T');
  return { day, hour: rest.slice(0, 5) };
};

/**
 * The window of a choice, seen from `now` in the commune's time zone (IANA name): three hours for `now`, until 22:00 for
 * `today` (three hours when that is nearer), until 20:00 seven days on for `week`, the day's given hours (9:00 to 20:00 by
 * default) for `date`. Null for `any`; `'wrong'` for a day that cannot be read or an end that does not come after.
 */
export const windowOf = (
  when: When,
  given: { day: string; from: string; to: string },
  now: Date,
  timeZone: string,
): Span | null | 'wrong' => {
  const span = (from: Date, to: Date): Span => ({ from: from.toISOString(), to: to.toISOString() });
  const soon = new Date(now.getTime() + 3 * hourMs);
  if (when === 'any') return null;
  if (when === 'now') return span(now, soon);
  if (when === 'today') {
    const tonight = instantAt(fieldsOf(now, timeZone).day, '22:00', timeZone) ?? soon;
    return span(now, tonight > soon ? tonight : soon);
  }
  if (when === 'week') {
    const { day } = fieldsOf(new Date(now.getTime() + 7 * dayMs), timeZone);
    return span(now, instantAt(day, '20:00', timeZone) ?? soon);
  }
  const from = instantAt(given.day, given.from || '09:00', timeZone);
  const to = instantAt(given.day, given.to || (given.from >= '20:00' ? '23:59' : '20:00'), timeZone);
  return from && to && from < to && to > now ? span(from, to) : 'wrong';
};
