import { createHash } from 'node:crypto';
import {
  attackOf,
  type BoardSeen,
  knownMax,
  periodOf,
  Release,
  reopenedCells,
  tellingsOf,
  widthMin,
} from '@palier/domain/insights';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { Context } from '../context.ts';
import { makeReleases, materialOf } from './build-releases.ts';
import { listReleases } from './releases.queries.ts';
import { narrow } from './solver.ts';

export type ReleasesVerdict = {
  releases: number;
  /** Hidden cells, and those that the published figures hold too narrowly. */
  hiddenCells: number;
  narrow: readonly { cell: string; from: number; to: number }[];
  /** Periods whose bytes are not what was signed, and those that the rows of today give otherwise (people erased or posts moderated since). */
  changed: readonly string[];
  otherwise: readonly string[];
};

/** A corrected month may contradict weeks that stand as they were first told: then each correction is attacked by itself. */
const narrowLast = async (last: readonly Release[], boards: readonly BoardSeen[]) => {
  try {
    return await narrow(attackOf(last, boards));
  } catch {
    const alone = await Promise.all(
      last.filter(({ number }) => number > 1).map((release) => narrow(attackOf([release]))),
    );
    return alone.flat();
  }
};

/**
 * Plays the attacker over everything published of a commune: solves for the least and greatest value of each hidden cell, and finds those held narrower than ten, even to whoever knows three of its people (privacy.md, Aggregates).
 * Corrected releases are attacked as they were first told and as they stand now, and no cell may be hidden in one number and told in another.
 * Also compares each release with its own hash, and with what the rows of today would give.
 */
export const auditReleases = async (
  ctx: Context<null>,
  insee: string,
  boards: readonly BoardSeen[] = [],
): Promise<ReleasesVerdict> => {
  const rows = await listReleases(ctx.db, insee);
  const releases = rows.map(({ body }) => Release.parse(JSON.parse(body)));
  const { first, last } = tellingsOf(releases);
  const intervals = await narrow(attackOf(first, boards));
  const isCorrected = last.some(({ number }) => number > 1);
  const corrected = isCorrected ? await narrowLast(last, boards) : [];
  const reopened = reopenedCells(releases).map((cell) => ({ cell, from: 0, to: 0 }));
  const periods = rows
    .flatMap(({ period }) => periodOf(period) ?? [])
    .toSorted((a, b) => a.lastDay - b.lastDay || b.firstDay - a.firstDay);
  const due = { insee, timeZone: timeZoneOfCommune(insee), periods };
  const material = periods.length > 0 ? (await materialOf(ctx, [due])).get(insee) : undefined;
  const again = new Map(
    material ? makeReleases(due, { ...material, earlier: new Map() }).map((made) => [made.period, made.sha256]) : [],
  );
  return {
    releases: rows.length,
    hiddenCells: intervals.length + corrected.length,
    narrow: [...intervals, ...corrected, ...reopened].filter(
      ({ from, to }) => to - Math.max(from, knownMax) < widthMin - 1e-6,
    ),
    changed: rows
      .filter(({ body, sha256 }) => createHash('sha256').update(body).digest('hex') !== sha256)
      .map(({ period }) => period),
    otherwise: rows
      .filter(({ period, number, sha256 }) => number === 1 && again.get(period) !== sha256)
      .map(({ period }) => period),
  };
};
