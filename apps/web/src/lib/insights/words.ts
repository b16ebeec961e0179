import type { Figure, IndicatorId, InsightsView } from '@palier/domain/insights';
import { m } from '@palier/messages';
import { getLocale } from '@palier/messages/runtime';

const tag = (): string => (getLocale() === 'en' ? 'en-GB' : 'fr-FR');
const count = (value: number): string => new Intl.NumberFormat(tag()).format(value);

/** Minutes as people say them: an hour and a half is `1 h 30`. */
const waitInWords = (minutes: number): string => {
  const [hours, left] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${left} min`;
  return left === 0 ? `${count(hours)} h` : `${count(hours)} h ${String(left).padStart(2, '0')}`;
};

/** A figure in words; a hidden one says so, and is never a zero. */
export const figureInWords = ({ value, unit }: Figure): string => {
  if (value === null) return m.insights_hidden();
  if (unit === 'people') return m.insights_rounded({ value: count(value) });
  if (unit === 'percent') return m.insights_value_percent({ value: count(value) });
  return unit === 'minutes' ? waitInWords(value) : count(value);
};

/** A figure in words, or a range when it has an upper end. */
export const rangeInWords = (figure: Figure, upTo: Figure | null): string =>
  figure.value === null || upTo?.value == null
    ? figureInWords(figure)
    : m.insights_range({ from: count(figure.value), to: count(upTo.value) });

/** What a bar is as high as, and how it is written above it: hours for minutes of help, else the number. */
export const barOf = (id: IndicatorId, { value }: Figure): { value: number; text: string } | null => {
  if (value === null) return null;
  const shown = id === 'hours' ? Math.round(value / 60) : value;
  return { value: shown, text: count(shown) };
};

const dateOf = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** A month of `2026-11` in words, or short for under a bar. */
export const monthInWords = (month: string, length: 'long' | 'narrow' = 'long'): string =>
  new Intl.DateTimeFormat(tag(), {
    month: length === 'long' ? 'long' : 'narrow',
    ...(length === 'long' && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(dateOf(`${month}-01`));

/** A day in words. */
export const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat(tag(), { dateStyle: 'long', timeZone: 'UTC' }).format(dateOf(day));

/** A period as a title says it. */
export const periodInWords = ({ period, from, to }: Pick<InsightsView, 'period' | 'from' | 'to'>): string => {
  if (period === 'now') return m.insights_now();
  if (period[5] === 'W') return m.insights_week({ from: dayInWords(from), to: dayInWords(to) });
  return m.insights_month({ month: monthInWords(period) });
};

/** A period as a choice says it: the month, or the week by its number. */
export const choiceInWords = (period: string): string => {
  if (period === 'now') return m.insights_now();
  return period[5] === 'W'
    ? `${m.insights_week_number({ week: Number(period.slice(6)), year: period.slice(0, 4) })}`
    : monthInWords(period);
};

/** The three sentences that a mayor reads first. */
export const sentencesOf = (view: Pick<InsightsView, 'period' | 'indicators'>): string[] => {
  const find = (id: IndicatorId): number | null => view.indicators.find((one) => one.id === id)?.figure.value ?? null;
  const [active, favours, requests] = [find('active'), find('favours'), find('requests')];
  const [share, wait] = [find('answered'), find('first-yes')];
  const first =
    active === null ? m.insights_sentence_active_hidden() : m.insights_sentence_active({ count: count(active) });
  if (view.period === 'now') return [first, m.insights_sentence_residences({ count: find('residences') ?? 0 })];
  const second =
    favours === null ? m.insights_sentence_favours_hidden() : m.insights_sentence_favours({ count: count(favours) });
  const third =
    share !== null && wait !== null
      ? m.insights_sentence_answered({ share, wait: waitInWords(wait) })
      : requests === null
        ? m.insights_sentence_requests_hidden()
        : m.insights_sentence_requests({ count: count(requests) });
  return [first, second, third];
};

/** Euro cents as an amount. */
export const euros = (cents: number): string =>
  new Intl.NumberFormat(tag(), { style: 'currency', currency: 'EUR' }).format(cents / 100);
