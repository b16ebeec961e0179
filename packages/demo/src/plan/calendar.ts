type LocalDate = { year: number; month: number; day: number };

const minuteMs = 60_000;

const clocks = new Map<string, Intl.DateTimeFormat>();
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(timeZone, made);
  return made;
};

/** What the clock on the wall says at an instant, as if it were UTC, in ms. */
const wallClock = (at: Date, timeZone: string): number => {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(
    parts['year'] ?? 1970,
    (parts['month'] ?? 1) - 1,
    parts['day'] ?? 1,
    parts['hour'] ?? 0,
    parts['minute'] ?? 0,
  );
};

/** The date on the wall at an instant; `month` 1–12. */
export const localDate = (at: Date, timeZone: string): LocalDate => {
  const wall = new Date(wallClock(at, timeZone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
};

/** The instant at which the clock on the wall shows this date, hour and minute; days and months may overflow. An hour that a change of time skips is the one after. */
export const localInstant = ({ year, month, day }: LocalDate, hour: number, minute: number, timeZone: string): Date => {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  let guess = wanted;
  for (let tries = 0; tries < 3; tries++) {
    const off = wanted - wallClock(new Date(guess), timeZone);
    if (off === 0) break;
    guess += off;
  }
  return new Date(Math.round(guess / minuteMs) * minuteMs);
};
