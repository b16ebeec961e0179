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
import { record } from '../record.ts';
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

const monthsBack = 12;
/** Communes read in one go, and those whose releases one transaction keeps. */
const communesAtOnce = 200;
const keptAtOnce = 25;

type Due = { insee: string; timeZone: string; periods: readonly Period[]; since: number };

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
  return { insee, timeZone, since, periods: closedPeriods(since, today).filter(({ id }) => !released.has(id)) };
};

export type Made = { period: string; body: string; sha256: string; report: Record<string, number> };
type Material = {
  facts: Facts;
  quarters: readonly Quarter[];
  openings: readonly number[];
  downloads: readonly { day: string; count: number }[];
  campaigns: readonly Pick<CampaignSpan, 'firstDay' | 'lastDay'>[];
  earlier: ReadonlyMap<string, Release>;
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
  { facts, quarters, openings, downloads, campaigns, earlier }: Material,
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

const earlierOf = async (ctx: Context<null>, { insee, periods }: Due): Promise<Map<string, Release>> => {
  const weeks = periods.flatMap(({ firstDay, lastDay }) => {
    const ids = new Set<string>();
    for (let day = monthOf(lastDay).firstDay; day <= lastDay; day += 1) ids.add(weekOf(day).id);
    return [...ids, weekOf(firstDay).id];
  });
  const rows = weeks.length > 0 ? await findReleases(ctx.db, [insee], [...new Set(weeks)]) : [];
  return new Map(rows.map(({ period, body }) => [period, Release.parse(JSON.parse(body))]));
};

/** What is built of some communes, from one reading of the database; `drawn` are the quarters to divide them in, those of today unless told. */
export const materialOf = async (
  ctx: Context<null>,
  dues: readonly Due[],
  drawn?: ReadonlyMap<string, readonly Quarter[]>,
): Promise<Map<string, Material>> => {
  const communes = dues.map(({ insee }) => insee);
  const quarters = drawn ?? (await quartersOfCommunes(ctx.db, communes));
  const first = Math.min(...dues.map(({ since, timeZone }) => startOfDay(since - 7, timeZone)));
  const facts = await readFacts(ctx.db, quarters, new Date(first));
  const openings = Map.groupBy(await listOpenings(ctx.db, communes), ({ insee }) => insee);
  const firstDay = dayInDigits(Math.min(...dues.map(({ since }) => since)) - 7);
  const downloads = Map.groupBy(await listDownloads(ctx.db, communes, firstDay), ({ insee }) => insee);
  const campaigns = Map.groupBy(await listCampaignSpans(ctx.db, communes, firstDay), ({ insee }) => insee);
  const material = new Map<string, Material>();
  for (const due of dues)
    material.set(due.insee, {
      facts: facts.get(due.insee) ?? { people: [], posts: [], favours: [] },
      quarters: quarters.get(due.insee) ?? [],
      openings: (openings.get(due.insee) ?? []).map(({ at }) => at.getTime()),
      downloads: downloads.get(due.insee) ?? [],
      campaigns: campaigns.get(due.insee) ?? [],
      earlier: await earlierOf(ctx, due),
    });
  return material;
};

const keep = (ctx: Context<null>, made: ReadonlyMap<string, readonly Made[]>): Promise<number> =>
  mutate(ctx, async (tx) => {
    let kept = 0;
    for (const [commune, releases] of made) {
      const rows: NewRelease[] = releases.map((one) => ({ id: newId(), commune, number: 1, builtAt: ctx.now, ...one }));
      const fresh = await insertReleases(tx, rows);
      const last = releases.at(-1)?.period ?? '';
      if (fresh > 0)
        await record(
          tx,
          {
            ...{ at: ctx.now, actorId: null, actorRole: 'system', action: 'releases.build' },
            ...{ subject: 'release', commune, reason: last },
          },
          [{ kind: 'insights', change: last, commune }],
        );
      kept += fresh;
    }
    return kept;
  });

/**
 * Builds every release that is due, weeks and months of twelve months back at most; `communes` limits it to those. What is already released never changes.
 * `say` hears of the progress. Resolves with how many were built.
 */
export const buildReleases = async (
  ctx: Context<null>,
  { communes, say = () => undefined }: { communes?: readonly string[]; say?: (line: string) => void } = {},
): Promise<number> => {
  const open = (await listOpenCommunes(ctx.db)).filter(({ insee }) => communes?.includes(insee) ?? true);
  let [built, done] = [0, 0];
  for (let from = 0; from < open.length; from += communesAtOnce) {
    const some = open.slice(from, from + communesAtOnce);
    const released = Map.groupBy(
      await listReleased(
        ctx.db,
        some.map(({ insee }) => insee),
      ),
      ({ commune }) => commune,
    );
    const dues = some
      .map(({ insee, since }) =>
        dueOf(insee, since, new Set((released.get(insee) ?? []).map(({ period }) => period)), ctx.now),
      )
      .filter(({ periods }) => periods.length > 0);
    const material = dues.length > 0 ? await materialOf(ctx, dues) : new Map<string, Material>();
    for (let n = 0; n < dues.length; n += keptAtOnce) {
      const made = new Map<string, readonly Made[]>();
      for (const due of dues.slice(n, n + keptAtOnce)) {
        const about = material.get(due.insee);
        if (about) made.set(due.insee, makeReleases(due, about));
        await new Promise(setImmediate); // the API serves meanwhile
      }
      built += await keep(ctx, made);
    }
    done += some.length;
    say(
      `${done} of ${open.length} communes: ${built} releases, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`,
    );
  }
  return built;
};
