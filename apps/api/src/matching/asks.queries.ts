import { clientOf, type Transaction } from '@palier/db';
import type { TellingStep } from '@palier/domain/matching';

type ResidentDay = { id: string; day: string };
const daysOf = (days: readonly ResidentDay[]) => [days.map(({ id }) => id), days.map(({ day }) => day)];

const toldOn = {
  name: 'told_on',
  text: `select k.resident_id as id, k.told from ask_days k join unnest($1::uuid[], $2::date[]) as d(id, day) on k.resident_id = d.id and k.day = d.day`,
};

/** How often each of these was told on the given day of their own clocks. */
export const listToldOn = async (tx: Transaction, days: readonly ResidentDay[]): Promise<Map<string, number>> => {
  if (days.length === 0) return new Map();
  const { rows } = await clientOf(tx).query<{ id: string; told: number }>({ ...toldOn, values: daysOf(days) });
  return new Map(rows.map((row) => [row.id, row.told]));
};

const claimingDays = {
  name: 'ask_days_claim',
  text: `insert into ask_days (resident_id, day, told)
    select d.id, d.day, 1 from unnest($1::uuid[], $2::date[]) as d(id, day) join residents r on r.id = d.id
    where r.asks_per_day > 0 order by d.id
    on conflict (resident_id, day) do update set told = ask_days.told + 1
      where ask_days.told < (select r.asks_per_day from residents r where r.id = ask_days.resident_id)
    returning resident_id`,
};

/** Takes one of each person's asks of their day, in the order of their ids; answers who had one left. */
export const claimAskDays = async (tx: Transaction, days: readonly ResidentDay[]): Promise<Set<string>> => {
  const { rows } = await clientOf(tx).query<{ resident_id: string }>({ ...claimingDays, values: daysOf(days) });
  return new Set(rows.map((row) => row.resident_id));
};

const asking = {
  name: 'asks_write',
  text: `insert into asks (post_id, resident_id, step, at) select $1, r, $3::telling_step, $4::timestamptz from unnest($2::uuid[]) as r
    on conflict do nothing returning resident_id as "residentId"`,
};

/** Writes who is told of a post; answers those who were not before. */
export const insertAsks = async (
  tx: Transaction,
  { postId, step }: { postId: string; step: TellingStep },
  residentIds: readonly string[],
  now: Date,
): Promise<Set<string>> => {
  if (residentIds.length === 0) return new Set();
  const { rows } = await clientOf(tx).query<{ residentId: string }>({
    ...asking,
    values: [postId, residentIds, step, now],
  });
  return new Set(rows.map(({ residentId }) => residentId));
};
