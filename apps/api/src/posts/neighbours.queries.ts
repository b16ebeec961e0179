import { clientOf, type Database, schema, type Transaction } from '@palier/db';
import { eq, or } from 'drizzle-orm';

const { blocks } = schema;

const spoken = {
  name: 'languages_of',
  text: `select r.id, case when r.languages = '{}' then array[coalesce(a.locale::text, 'fr')] else r.languages end as languages
    from residents r left join accounts a on a.id = r.account_id where r.id = any($1::uuid[])`,
};

/** What these residents speak, what was said first being spoken first, and the language of their pages when they said nothing. */
export const listLanguages = async (
  db: Database | Transaction,
  residentIds: readonly string[],
): Promise<Map<string, string[]>> => {
  const { rows } = await clientOf(db).query<{ id: string; languages: string[] }>({ ...spoken, values: [residentIds] });
  return new Map(rows.map((row) => [row.id, row.languages]));
};

const doneTogether = {
  name: 'favours_together',
  text: `select other, count(*)::int as n from (
      select beneficiary_id as other from favours where state = 'done' and helper_id = $1 and beneficiary_id = any($2::uuid[])
      union all select helper_id from favours where state = 'done' and beneficiary_id = $1 and helper_id = any($2::uuid[])) t
    group by other`,
};

/** How often one resident and each of these have helped each other. */
export const listFavoursTogether = async (
  db: Database | Transaction,
  residentId: string,
  others: readonly string[],
): Promise<Map<string, number>> => {
  if (others.length === 0) return new Map();
  const values = [residentId, others];
  const { rows } = await clientOf(db).query<{ other: string; n: number }>({ ...doneTogether, values });
  return new Map(rows.map((row) => [row.other, row.n]));
};

/** Who a block stands between a resident and, whoever set it. */
export const listBlockedOf = async (db: Database | Transaction, residentId: string): Promise<Set<string>> => {
  const rows = await db
    .select({ one: blocks.residentId, other: blocks.blockedId })
    .from(blocks)
    .where(or(eq(blocks.residentId, residentId), eq(blocks.blockedId, residentId)));
  return new Set(rows.map(({ one, other }) => (one === residentId ? other : one)));
};
