import { clientOf, type Database, type Transaction } from '@palier/db';
import type { KitSlug } from '@palier/domain/kits';

/** A campaign as it ran in a commune, opened for it or for a territory with residences there. */
export type CampaignSpan = { insee: string; kit: KitSlug; firstDay: string; lastDay: string };

type Row = { insee: string; kit: KitSlug; first: string; last: string };

/** The campaigns that ran in these communes on or after a day, oldest first; one that was closed ran until then, and one closed before it began never did. */
export const listCampaignSpans = async (
  db: Database | Transaction,
  communes: readonly string[],
  since: string,
): Promise<CampaignSpan[]> => {
  const text = `select r.commune as insee, c.kit, c.first_day::text as first, least(c.last_day, (c.closed_at at time zone 'Europe/Paris')::date)::text as last
    from campaigns c join (select distinct commune, territory_id from residences where commune = any($1)) r
      on r.commune = c.commune or r.territory_id = c.territory_id
    where c.last_day >= $2 and (c.closed_at is null or (c.closed_at at time zone 'Europe/Paris')::date >= c.first_day)
    group by 1, 2, 3, 4, c.id order by 3, 2, c.id`;
  const { rows } = await clientOf(db).query<Row>(text, [communes, since]);
  return rows.map(({ first, last, ...row }) => ({ ...row, firstDay: first, lastDay: last }));
};
