import { createHash } from 'node:crypto';
import { correctionOf, periodOf, Release, releaseText } from '@palier/domain/insights';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import { makeReleases, materialOf } from './build-releases.ts';
import { insertReleases, listReleases } from './releases.queries.ts';

type Correction = { insee: string; period: string; reason: string };

/**
 * Publishes the next number of a release from the rows of today, beside the one before, which stays; what would tell of a few people by difference stays as it was told.
 * Resolves with the number, or null when nothing of it changes or nothing was released. The operator's own, with a reason, logged.
 */
export const correctRelease = async (
  ctx: Context<null>,
  { insee, period: id, reason }: Correction,
): Promise<number | null> => {
  const period = periodOf(id);
  const told = (await listReleases(ctx.db, insee)).map(({ body }) => Release.parse(JSON.parse(body)));
  const before = told.filter((one) => one.period === id).toSorted((a, b) => b.number - a.number)[0];
  if (!period || !before) return null;
  const due = { insee, timeZone: timeZoneOfCommune(insee), periods: [period] };
  const material = (await materialOf(ctx, [due], new Map([[insee, before.quarters]]))).get(insee);
  const [made] = material ? makeReleases(due, material) : [];
  const release = made && correctionOf(before, Release.parse(JSON.parse(made.body)));
  if (!release) return null;
  const body = releaseText(release);
  const { number } = release;
  return mutate(ctx, async (tx) => {
    const kept = await insertReleases(tx, [
      {
        ...{ id: newId(), commune: insee, period: id, number, body, builtAt: ctx.now },
        ...{ sha256: createHash('sha256').update(body).digest('hex'), report: made.report },
      },
    ]);
    if (kept.length === 0) return null;
    await record(
      tx,
      {
        ...{ at: ctx.now, actorId: null, actorRole: 'operator', action: 'releases.correct' },
        ...{ subject: 'release', commune: insee, reason: `${id} ${number}`, text: reason },
      },
      [{ kind: 'insights', change: id, commune: insee }],
    );
    return number;
  });
};
