import { clientOf, type Transaction } from '@palier/db';

/** A span of one commune, under a name of the caller's. */
export type WatchSpan = { readonly commune: string; readonly id: string; readonly from: Date; readonly to: Date };

type Row = { commune: string; id: string; people: number; due: number; covered: number; largest: number };

/** How the checks due in each span stand, and of how many people they are, of those who were on the watch at its end and did not withdraw since; a span without any has no row. For the releases alone. */
export const countSpans = async (tx: Transaction, spans: readonly WatchSpan[]): Promise<Row[]> => {
  const text = `with each as (
      select w.commune, w.id, c.person_id, count(*) as due, count(*) filter (where c.state in ('reached', 'needs-something', 'emergency-called', 'closed')) as covered
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[]) as w(commune, id, since, until)
        join residences e on e.commune = w.commune join watch_people p on p.residence_id = e.id
        join watch_checks c on c.person_id = p.id and c.due_at >= w.since and c.due_at < w.until and c.state <> 'cancelled'
      where p.withdrawn_at is null and p.lapses_at > w.until group by 1, 2, 3)
    select commune, id, count(*)::int as people, sum(due)::int as due, sum(covered)::int as covered, max(due)::int as largest from each group by 1, 2`;
  const columns = [
    spans.map(({ commune }) => commune),
    spans.map(({ id }) => id),
    spans.map(({ from }) => from),
    spans.map(({ to }) => to),
  ];
  return (await clientOf(tx).query<Row>(text, columns)).rows;
};
