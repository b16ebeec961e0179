import type { Database } from '@palier/db';
import type { StoredPost } from '@palier/domain/places';
import { askTogetherOn } from '../ask-together.ts';
import { type FeedRow, storedOf } from './feed.queries.ts';
import { columns, unbounded } from './feed-parts.ts';

/** Whose residence is read: its newest open posts, those of the reader's stair before the others. */
export type HomeAsked = {
  me: string;
  residence: string;
  stair: string | null;
  hidden: readonly string[];
  count: number;
};

const newestAt = (place: string): string => `(select ${columns} from posts p
      where p.residence_id = r.residence and p.state = 'open' and p.author_id <> all(r.hidden) and ${place} and (p.created_at, p.id) < ${unbounded}
      order by p.created_at desc, p.id desc limit r.count)`;

/** Readers come as JSON: arrays, whose lengths PostgreSQL knows, would be planned for anew at each call. Names are looked up one by one, whatever it thinks of how many there are. */
export const homes = {
  name: 'feed_homes',
  text: `select r.n, f.*, (select display_name from residents where id = f.author_id) as author_name
    from jsonb_to_recordset($1::jsonb) as r(n int, me uuid, residence uuid, stair uuid, hidden uuid[], count int)
    cross join lateral (
      select * from (${newestAt('p.stair_id = r.stair')} union all ${newestAt(`(p.stair_id = r.stair) is not true and (p.audience <> 'stair' or p.author_id = r.me)`)}) h limit r.count) f`,
};

const listHomes = async (db: Database, asked: readonly HomeAsked[]): Promise<StoredPost[][]> => {
  const readers = asked.map((each, n) => ({ n, ...each }));
  const { rows } = await db.$client.query<FeedRow & { n: number }>({ ...homes, values: [JSON.stringify(readers)] });
  const found: StoredPost[][] = asked.map(() => []);
  for (const row of rows) found[row.n]?.push(storedOf(row));
  return found;
};

/** The first posts of a reader's own residence, with those of others who ask in the same turn: half of what a small statement costs is being sent. */
export const listHome = askTogetherOn(listHomes);
