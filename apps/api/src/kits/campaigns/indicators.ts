import type { Database, Transaction } from '@palier/db';
import { type Figure, hidden, shown } from '@palier/domain/insights';
import { stageOf } from '@palier/domain/kits';
import { timeZoneOfCommune } from '@palier/domain/places';
import { listCampaignsIn } from './campaigns.queries.ts';
import { listOutcomes } from './tasks.queries.ts';
import { todayIn } from './today-in.ts';

/** What a commune's campaigns come to, for its town hall. `open` counts those that run today; the others sum what came of all of them, `done` of those whose board shows it. */
export type CampaignIndicators = { open: Figure; downloads: Figure; opened: Figure; done: Figure };

/** Reads what a commune's campaigns come to at an instant; nothing in it is hidden but `done`, below eleven people on either side. */
export const readCampaignIndicators = async (
  db: Database | Transaction,
  insee: string,
  now: Date,
): Promise<CampaignIndicators> => {
  const rows = await listCampaignsIn(db, insee);
  const today = todayIn(insee, now);
  const ids = rows.map(({ id }) => id);
  const outcomes = [...(await listOutcomes(db, ids, insee, timeZoneOfCommune(insee))).values()];
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  const done = outcomes.flatMap((one) => one.done ?? []);
  return {
    open: shown(rows.filter((row) => stageOf(row, today) === 'running').length, 'campaigns'),
    downloads: shown(sum(outcomes.map((one) => one.downloads)), 'downloads'),
    opened: shown(sum(outcomes.map((one) => one.opened)), 'posts'),
    done: done.length > 0 ? shown(sum(done), 'favours') : hidden('favours'),
  };
};
