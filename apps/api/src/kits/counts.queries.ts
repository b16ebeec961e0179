import type { Database } from '@palier/db';
import type { KitSlug } from '@palier/domain/kits';

/** One line of a batch: as many papers taken, of a kit, on a day. */
export type Counted = { day: string; slug: string; paper: string; locale: string; commune: string; count: number };

/**
 * Adds a batch to the counts, once: sent again after an answer that was lost it adds nothing. A commune where Palier is not open counts as none.
 * One statement, so that the batch and the mark that it was written are one.
 */
export const addCounts = async (
  db: Database,
  processId: string,
  batch: number,
  counted: readonly Counted[],
): Promise<void> => {
  await db.$client.query({
    name: 'kit_counts_add',
    text: `with fresh as (
        insert into kit_counters (process_id, batch, written_at) values ($1, $2, now())
        on conflict (process_id) do update set batch = excluded.batch, written_at = now() where kit_counters.batch < excluded.batch
        returning batch)
      insert into kit_downloads (day, slug, paper, locale, commune, count)
      select c.day, c.slug::kit_slug, c.paper::kit_paper, c.locale::locale, coalesce(r.commune, ''), sum(c.count)
      from jsonb_to_recordset($3::jsonb) as c(day date, slug text, paper text, locale text, commune text, count int)
      left join lateral (select commune from residences where residences.commune = c.commune limit 1) r on true
      where exists (select from fresh)
      group by 1, 2, 3, 4, 5
      order by 1, 2, 3, 4, 5
      on conflict (slug, day, commune, paper, locale) do update set count = kit_downloads.count + excluded.count`,
    values: [processId, batch, JSON.stringify(counted)],
  });
};

/** How often the papers of each kit were taken, all days together; a kit that nobody took is not there. */
export const listTotals = async (db: Database): Promise<ReadonlyMap<KitSlug, number>> => {
  const { rows } = await db.$client.query<{ slug: KitSlug; count: number }>({
    name: 'kit_totals',
    text: 'select slug, sum(count)::int as count from kit_downloads group by slug',
  });
  return new Map(rows.map(({ slug, count }) => [slug, count]));
};
