import { createHash } from 'node:crypto';
import {
  buildRelease,
  closedPeriods,
  dayAt,
  dayInDigits,
  type Facts,
  monthOf,
  type Period,
  type Quarter,
  Release,
  releaseText,
  startOfDay,
  weekOf,
} from '@palier/domain/insights';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { recordAll } from '../record.ts';
import { type CampaignSpan, listCampaignSpans } from './campaigns.queries.ts';
import { quartersOfCommunes } from './commune-quarters.ts';
import { readFacts } from './read-facts.ts';
import {
  findReleases,
  insertReleases,
  listDownloads,
  listOpenCommunes,
  listOpenings,
  listReleased,
  type NewRelease,
} from './releases.queries.ts';
import { type WatchOfMonths, watchByMonth } from './watch-by-month.ts';

const monthsBack = 12;
/** What is read in one go, people times months, and how many releases one transaction keeps. */
const readAtOnce = 150_000;
const keptAtOnce = 400;
/** How many communes go by between two lines of progress. */
const toldEvery = 100;

type Due = { insee: string; timeZone: string; periods: readonly Period[] };

/** The first day of which a commune may have releases: of the month of its first residence, twelve closed months ago at most. */
const sinceOf = (firstDay: number, today: number): number => {
  let month = monthOf(today);
  for (let n = 0; n < monthsBack && month.firstDay > firstDay; n++) month = monthOf(month.firstDay - 1);
  return month.firstDay;
};

/** The closed periods that a commune has no release of, in the order in which they ended. */
const dueOf = (insee: string, openedAt: Date, released: ReadonlySet<string>, now: Date): Due => {
  const timeZone = timeZoneOfCommune(insee);
  const today = dayAt(now, timeZone);
  const since = sinceOf(dayAt(openedAt, timeZone), today);
  return { insee, timeZone, periods: closedPeriods(since, today).filter(({ id }) => !released.has(id)) };
};

/** The first day that any of these is told from: a week is seen with what of its month went before. */
const firstDayOf = ({ periods }: Due): number => Math.min(...periods.map(({ firstDay }) => monthOf(firstDay).firstDay));

export type Made = { period: string; body: string; sha256: string; report: Record<string, number> };
type Material = {
  facts: Facts;
  quarters: readonly Quarter[];
  openings: readonly number[];
  downloads: readonly { day: string; count: number }[];
  campaigns: readonly Pick<CampaignSpan, 'firstDay' | 'lastDay'>[];
  earlier: ReadonlyMap<string, Release>;
  /** How the watch went, by month. */
  watch: WatchOfMonths;
};

const takenIn = (downloads: Material['downloads'], { firstDay, lastDay }: Period): number => {
  const [from, to] = [dayInDigits(firstDay), dayInDigits(lastDay)];
  return downloads.reduce((sum, { day, count }) => (day >= from && day <= to ? sum + count : sum), 0);
};

const runningIn = (campaigns: Material['campaigns'], { firstDay, lastDay }: Period): number => {
  const [from, to] = [dayInDigits(firstDay), dayInDigits(lastDay)];
  return campaigns.filter((one) => one.firstDay <= to && one.lastDay >= from).length;
};

/** Builds the releases that are due of one commune, oldest end first, each seeing those before it. The same rows of the database give the same bytes. */
export const makeReleases = (
  due: Due,
  { facts, quarters, openings, downloads, campaigns, earlier, watch }: Material,
): Made[] => {
  const built = new Map(earlier);
  return due.periods.map((period) => {
    const began = performance.now();
    const end = startOfDay(period.lastDay + 1, due.timeZone);
    const release = buildRelease({
      ...{ commune: due.insee, timeZone: due.timeZone, period, number: 1, facts, quarters },
      residences: openings.filter((at) => at < end).length,
      downloads: takenIn(downloads, period),
      campaigns: runningIn(campaigns, period),
      earlier: (id) => built.get(id),
      watch: watch.get(period.id) ?? null,
    });
    built.set(period.id, release);
    const body = releaseText(release);
    const figures = release.indicators.flatMap(({ figure, categories, quarters: parts }) => [
      figure,
      ...categories.map((one) => one.figure),
      ...parts.map((one) => one.figure),
    ]);
    const hiddenFigures = figures.filter(({ suppressed }) => suppressed).length;
    return {
      ...{ period: period.id, body, sha256: createHash('sha256').update(body).digest('hex') },
      report: {
        ...{ people: facts.people.length, posts: facts.posts.length, favours: facts.favours.length },
        ...{ published: figures.length - hiddenFigures, hidden: hiddenFigures, bytes: body.length },
        microseconds: Math.round(1000 * (performance.now() - began)),
      },
    };
  });
};

/** The weeks that these releases are seen with, as they were told before, by commune. */
const earlierOf = async (ctx: Context<null>, dues: readonly Due[]): Promise<Map<string, Map<string, Release>>> => {
  const weeks = new Set<string>();
  for (const { firstDay, lastDay } of new Set(dues.flatMap(({ periods }) => periods))) {
    weeks.add(weekOf(firstDay).id);
    for (let day = monthOf(lastDay).firstDay; day <= lastDay; day += 1) weeks.add(weekOf(day).id);
  }
  const earlier = new Map<string, Map<string, Release>>(dues.map(({ insee }) => [insee, new Map()]));
  const rows = await findReleases(ctx.db, [...earlier.keys()], [...weeks]);
  for (const { commune, period, body } of rows) earlier.get(commune)?.set(period, Release.parse(JSON.parse(body)));
  return earlier;
};

/** What is built of some communes, from one reading of the database; `drawn` are the quarters to divide them in, those of today unless told. */
export const materialOf = async (
  ctx: Context<null>,
  dues: readonly Due[],
  drawn?: ReadonlyMap<string, readonly Quarter[]>,
): Promise<Map<string, Material>> => {
  const communes = dues.map(({ insee }) => insee);
  const quarters = drawn ?? (await quartersOfCommunes(ctx.db, communes));
  const first = Math.min(...dues.map((due) => startOfDay(firstDayOf(due), due.timeZone)));
  const firstDay = dayInDigits(Math.min(...dues.map(firstDayOf)));
  const readRest = async () => ({
    openings: Map.groupBy(await listOpenings(ctx.db, communes), ({ insee }) => insee),
    downloads: Map.groupBy(await listDownloads(ctx.db, communes, firstDay), ({ insee }) => insee),
    campaigns: Map.groupBy(await listCampaignSpans(ctx.db, communes, firstDay), ({ insee }) => insee),
    earlier: await earlierOf(ctx, dues),
    watch: await watchByMonth(ctx, dues),
  });
  const [facts, { openings, downloads, campaigns, earlier, watch }] = await Promise.all([
    readFacts(ctx.db, quarters, new Date(first)),
    readRest(),
  ]);
  const material = new Map<string, Material>();
  for (const due of dues)
    material.set(due.insee, {
      facts: facts.get(due.insee) ?? { people: [], posts: [], favours: [] },
      quarters: quarters.get(due.insee) ?? [],
      openings: (openings.get(due.insee) ?? []).map(({ at }) => at.getTime()),
      downloads: downloads.get(due.insee) ?? [],
      campaigns: campaigns.get(due.insee) ?? [],
      earlier: earlier.get(due.insee) ?? new Map(),
      watch: watch.get(due.insee) ?? new Map(),
    });
  return material;
};

const keep = (ctx: Context<null>, made: ReadonlyMap<string, readonly Made[]>): Promise<number> =>
  mutate(ctx, async (tx) => {
    const rows = [...made].flatMap(([commune, releases]) =>
      releases.map((one): NewRelease => ({ id: newId(), commune, number: 1, builtAt: ctx.now, ...one })),
    );
    const fresh = await insertReleases(tx, rows);
    await recordAll(
      tx,
      [...new Set(fresh)].sort().map((commune) => {
        const last = made.get(commune)?.at(-1)?.period ?? '';
        return {
          entry: {
            ...{ at: ctx.now, actorId: null, actorRole: 'system', action: 'releases.build' },
            ...{ subject: 'release', commune, reason: last },
          },
          event: { kind: 'insights', change: last, commune },
        };
      }),
    );
    return fresh.length;
  });

/** Communes in the order given, as many together as are read in one go. */
const sharesOf = (dues: readonly Due[], people: ReadonlyMap<string, number>): Due[][] => {
  const shares: Due[][] = [];
  let room = 0;
  for (const due of dues) {
    const months = new Set(due.periods.map(({ firstDay }) => monthOf(firstDay).id)).size;
    const weight = months * (people.get(due.insee) ?? 0);
    if (shares.length === 0 || weight > room) {
      shares.push([]);
      room = readAtOnce;
    }
    shares.at(-1)?.push(due);
    room -= weight;
  }
  return shares;
};

/**
 * Builds every release that is due, weeks and months of twelve months back at most; `communes` limits it to those. What is already released never changes.
 * `say` hears of the progress. Resolves with how many were built.
 */
export const buildReleases = async (
  ctx: Context<null>,
  { communes, say = () => undefined }: { communes?: readonly string[]; say?: (line: string) => void } = {},
): Promise<number> => {
  const open = (await listOpenCommunes(ctx.db)).filter(({ insee }) => communes?.includes(insee) ?? true);
  const codes = open.map(({ insee }) => insee);
  const released = await listReleased(ctx.db, codes);
  const dues = open
    .map(({ insee, since }) => dueOf(insee, since ?? ctx.now, new Set(released.get(insee)), ctx.now))
    .filter(({ periods }) => periods.length > 0);
  let [built, done, told] = [0, 0, 0];
  let made = new Map<string, readonly Made[]>();
  const keepMade = async (): Promise<void> => {
    built += await keep(ctx, made);
    made = new Map();
    if (done < dues.length && done - told < toldEvery) return;
    told = done;
    const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
    say(`${done} of ${dues.length} communes: ${built} releases, ${memory} MiB`);
  };
  for (const share of sharesOf(dues, new Map(open.map(({ insee, people }) => [insee, people])))) {
    const material = await materialOf(ctx, share);
    let waiting = 0;
    for (const due of share) {
      const about = material.get(due.insee);
      if (about) made.set(due.insee, makeReleases(due, about));
      await new Promise(setImmediate); // the API serves meanwhile
      done += 1;
      waiting += due.periods.length;
      if (waiting < keptAtOnce && due !== share.at(-1)) continue;
      await keepMade();
      waiting = 0;
    }
  }
  return built;
};
