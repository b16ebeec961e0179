const dayMs = 86_400_000;

/** What a clock on the wall of a time zone shows. */
export type WallClock = { year: number; month: number; day: number; hour: number; minute: number; second: number };

const clocks = new Map<string, Intl.DateTimeFormat>();

const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone);
  if (known) return known;
  const parts = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    ...parts,
  });
  clocks.set(timeZone, clock);
  return clock;
};

/** What each zone's clock was last asked: many neighbours are looked at in one instant. */
const lastAsked = new Map<string, { at: number; shown: Readonly<WallClock> }>();

/** What a clock of the zone (IANA name) shows at an instant. */
export const wallClockOf = (at: Date, timeZone: string): Readonly<WallClock> => {
  const last = lastAsked.get(timeZone);
  if (last?.at === at.getTime()) return last.shown;
  const shown = readClock(at, timeZone);
  lastAsked.set(timeZone, { at: at.getTime(), shown });
  return shown;
};

const readClock = (at: Date, timeZone: string): WallClock => {
  const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of clockOf(timeZone).formatToParts(at))
    if (type in shown) shown[type as keyof WallClock] = Number(value);
  return shown;
};

const utcOf = (wall: WallClock): number =>
  Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);

const offsetMs = (at: number, timeZone: string): number =>
  utcOf(wallClockOf(new Date(at), timeZone)) - Math.floor(at / 1000) * 1000;

/** The instant at which a clock of the zone shows this; the first of two in autumn's double hour, an hour later in spring's missing one. */
export const instantOf = (wall: WallClock, timeZone: string): number => {
  const asUtc = utcOf(wall);
  const offsets = [offsetMs(asUtc - dayMs, timeZone), offsetMs(asUtc + dayMs, timeZone)];
  const fitting = offsets
    .map((offset) => asUtc - offset)
    .filter((at) => utcOf(wallClockOf(new Date(at), timeZone)) === asUtc);
  return fitting.length > 0 ? Math.min(...fitting) : asUtc - (offsets[0] ?? 0);
};
