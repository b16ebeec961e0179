import { createHash } from 'node:crypto';
import { attackOf, type BoardSeen, periodOf, Release } from '@palier/domain/insights';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { Context } from '../context.ts';
import { makeReleases, materialOf } from './build-releases.ts';
import { listReleases } from './releases.queries.ts';
import { narrow } from './solver.ts';

const widthMin = 10;

export type ReleasesVerdict = {
  releases: number;
  /** Hidden cells, and those that the published figures hold too narrowly. */
  hiddenCells: number;
  narrow: readonly { cell: string; from: number; to: number }[];
  /** Periods whose bytes are not what was signed, and those that the rows of today give otherwise (people erased or posts moderated since). */
  changed: readonly string[];
  otherwise: readonly string[];
};

/**
 * Plays the attacker over everything published of a commune: solves for the least and greatest value of each hidden cell, and finds those held narrower than ten (privacy.md, Aggregates).
 * Also compares each release with its own hash, and with what the rows of today would give.
 */
export const auditReleases = async (
  ctx: Context<null>,
  insee: string,
  boards: readonly BoardSeen[] = [],
): Promise<ReleasesVerdict> => {
  const rows = await listReleases(ctx.db, insee);
  const releases = rows.map(({ body }) => Release.parse(JSON.parse(body)));
  const intervals = await narrow(attackOf(releases, boards));
  const periods = rows
    .flatMap(({ period }) => periodOf(period) ?? [])
    .toSorted((a, b) => a.lastDay - b.lastDay || b.firstDay - a.firstDay);
  const since = Math.min(...periods.map(({ firstDay }) => firstDay));
  const due = { insee, timeZone: timeZoneOfCommune(insee), periods, since };
  const material = periods.length > 0 ? (await materialOf(ctx, [due])).get(insee) : undefined;
  const again = new Map(
    material ? makeReleases(due, { ...material, earlier: new Map() }).map((made) => [made.period, made.sha256]) : [],
  );
  return {
    releases: rows.length,
    hiddenCells: intervals.length,
    narrow: intervals.filter(({ from, to }) => to - from < widthMin - 1e-6),
    changed: rows
      .filter(({ body, sha256 }) => createHash('sha256').update(body).digest('hex') !== sha256)
      .map(({ period }) => period),
    otherwise: rows.filter(({ period, sha256 }) => again.get(period) !== sha256).map(({ period }) => period),
  };
};
