import { type Database, schema, type Transaction } from '@palier/db';
import { eq, or, sql } from 'drizzle-orm';

const { blocks } = schema;

const list = (values: readonly string[]) => sql`${`{${values.join(',')}}`}`;

/** What these residents speak, what was said first being spoken first, and the language of their pages when they said nothing. */
export const listLanguages = async (
  db: Database | Transaction,
  residentIds: readonly string[],
): Promise<Map<string, string[]>> => {
  const { rows } = await db.execute<{ id: string; languages: string[]; locale: string | null }>(
    sql`select r.id, r.languages, a.locale::text as locale from residents r left join accounts a on a.id = r.account_id where r.id = any(${list(residentIds)}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.languages.length > 0 ? row.languages : [row.locale ?? 'fr']]));
};

/** How often one resident and each of these have helped each other. */
export const listFavoursTogether = async (
  db: Database | Transaction,
  residentId: string,
  others: readonly string[],
): Promise<Map<string, number>> => {
  const { rows } = await db.execute<{ other: string; n: number }>(sql`
    select other, count(*)::int as n from (
      select beneficiary_id as other from favours where state = 'done' and helper_id = ${residentId} and beneficiary_id = any(${list(others)}::uuid[])
      union all select helper_id from favours where state = 'done' and beneficiary_id = ${residentId} and helper_id = any(${list(others)}::uuid[])) t
    group by other`);
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
