import type { Bulletin } from './bulletin.ts';
import { type WeatherColour, WeatherHazard } from './colours.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What a bulletin says of one department and hazard, as it is kept: the colour until `turnsAt`, and the one after it if it says. */
export type Statement = {
  readonly department: string;
  readonly hazard: WeatherHazard;
  readonly colour: WeatherColour;
  readonly next: WeatherColour | null;
  readonly turnsAt: Date;
  readonly statedAt: Date;
};

/** What a bulletin states, a line for each department and hazard it speaks of; what it says only of tomorrow begins then, and holds meanwhile too since nothing else is known. */
export const statementsOf = ({ issuedAt, periods }: Bulletin): Statement[] => {
  const [today, tomorrow] = periods;
  return WeatherHazard.options.flatMap((hazard) => {
    const departments = new Set([...today.colours[hazard].keys(), ...(tomorrow?.colours[hazard].keys() ?? [])]);
    return [...departments].flatMap((department) => {
      const next = tomorrow?.colours[hazard].get(department) ?? null;
      const colour = today.colours[hazard].get(department) ?? next;
      return colour ? [{ department, hazard, colour, next, turnsAt: today.until, statedAt: issuedAt }] : [];
    });
  });
};

/** The colour that a statement gives at an instant; once it has run out, its last colour stays. */
export const colourAt = ({ colour, next, turnsAt }: Statement, now: Date): WeatherColour =>
  now < turnsAt ? colour : (next ?? colour);

/** How long after the last good reading a colour is said to be old, in ms: three hours, when six readings were missed. */
export const staleAfterMs = 3 * hourMs;

/** How long a colour is shown as the last known once bulletins no longer speak of it, in ms: seven days; then its hazard is out of season. */
export const keptForMs = 7 * dayMs;

/**
 * How a statement stands beside the last bulletin, issued at `lastIssuedAt`: `stated` by it; `kept`, it no longer speaks of it (absent is not a change); `unwatched`, for so long, or so calm, that the hazard is out of season.
 */
export const standingOf = (
  { statedAt, ...statement }: Statement,
  lastIssuedAt: Date,
  now: Date,
): 'stated' | 'kept' | 'unwatched' => {
  if (statedAt.getTime() === lastIssuedAt.getTime()) return 'stated';
  const isCalm = colourAt({ ...statement, statedAt }, now) === 'green';
  return isCalm || now.getTime() - statedAt.getTime() > keptForMs ? 'unwatched' : 'kept';
};

/** Whether the last good reading is so old that colours are shown with a warning. `lastIssuedAt`: bulletins are issued at least twice a day, so one of 30 hours ago is old however often it is read. */
export const isStale = (readAt: Date, lastIssuedAt: Date, now: Date): boolean =>
  now.getTime() - readAt.getTime() > staleAfterMs || now.getTime() - lastIssuedAt.getTime() > 30 * hourMs;

/** How often the source is read, in ms: every half hour. */
export const pollEveryMs = 30 * minuteMs;

/** How long to wait after the `failures`-th failure in a row, in ms: 1, 2, 4… minutes, at most an hour; what the source asked for (`Retry-After`, s) if it is longer, at most six hours. */
export const pollAgainMs = (failures: number, retryAfterS = 0): number =>
  Math.max(Math.min(2 ** Math.max(failures - 1, 0), 60) * minuteMs, Math.min(retryAfterS * 1000, 6 * hourMs));
