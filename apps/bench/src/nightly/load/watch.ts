import pg from 'pg';
import type { Reader } from '../../stage/people.ts';
import type { Crowd } from '../rig/crowd.ts';

/** A door of the watch that is due, with somebody named to read its person. */
export type Door = { checkId: string; reader: Reader };

/**
 * Puts people on the watch of one residence, read by the crowd's readers, under an orange round; each is due. `doors` wait for hours; `silent` more have their time run out, minute after
 * minute, within `lastsMs`. Resolves with the doors that wait.
 */
export const settleWatch = async (
  { store, readers }: Crowd,
  { doors, silent, lastsMs }: { doors: number; silent: number; lastsMs: number },
): Promise<Door[]> => {
  const client = new pg.Client({ connectionString: store.adminUrl });
  await client.connect();
  try {
    const { rows: accounts } = await client.query<{ id: string; resident: string }>(
      'select account_id as id, id as resident from residents where id = any($1) order by id',
      [readers.map(({ id }) => id)],
    );
    const ids = accounts.map(({ id }) => id);
    await client.query(
      `create table bench_watch as select n, uuidv7() as resident, uuidv7() as person, uuidv7() as check_id, r.id as residence, r.territory_id as territory, r.commune,
          ($2::uuid[])[1 + n % cardinality($2::uuid[])] as reader, ($2::uuid[])[1 + (n + 1) % cardinality($2::uuid[])] as other
        from generate_series(1, $1::int) n, (select id, territory_id, commune from residences order by id limit 1) r`,
      [doors + silent, ids],
    );
    await client.query(`insert into residents (id, residence_id, display_name, trust, joined_at)
      select resident, residence, 'Jeanne Martin', 'known', now() - interval '40 days' from bench_watch`);
    await client.query(`insert into watch_people (id, resident_id, residence_id, name, floor, door, top_floor, phone, part, language, consent, consent_version, consented_at, lapses_at, joined_at)
      select person, resident, residence, 'Jeanne Martin', n % 6, 'gauche', n % 6 = 5, '0450000000', 'morning', 'fr', 'screen', '1', now() - interval '10 days', now() + interval '300 days', now() - interval '10 days' from bench_watch`);
    await client.query(
      `insert into watch_reader_grants (id, account_id, territory_id, named_by, named_at, ends_at)
        select uuidv7(), a, (select territory from bench_watch limit 1), a, now() - interval '9 days', now() + interval '200 days' from unnest($1::uuid[]) a`,
      [ids],
    );
    await client.query(`insert into watch_readers (id, person_id, account_id, named_by, named_at, announced_at, effective_at, ends_at)
      select uuidv7(), person, a, a, now() - interval '9 days', now() - interval '9 days', now() - interval '7 days', now() + interval '200 days' from bench_watch, unnest(array[reader, other]) a`);
    await client.query(
      `with r as (insert into watch_rounds (id, territory_id, department, hazard, colour, floor, since, opened_at, opened_by)
          select uuidv7(), territory, left(commune, 2), 'heat', 'orange', 'orange', now(), now(), reader from bench_watch limit 1 returning id)
        insert into watch_checks (id, round_id, person_id, day, hour, colour, state, due_at, escalates_at, offered_at)
          select check_id, r.id, person, (now() at time zone 'Europe/Paris')::date, 9, 'orange', 'due', date_trunc('minute', now()), date_trunc('minute', now()) +
            case when n <= $1 then interval '6 hours' else make_interval(mins => 1 + (n % greatest(1, floor($2::float8 / 60000)::int))) end, date_trunc('minute', now()) from bench_watch, r`,
      [doors, lastsMs],
    );
    const { rows } = await client.query<{ check_id: string; reader: string }>(
      'select check_id, reader from bench_watch where n <= $1 order by n',
      [doors],
    );
    const byAccount = new Map(accounts.map(({ id, resident }) => [id, readers.find((one) => one.id === resident)]));
    return rows.flatMap(({ check_id, reader }) => {
      const found = byAccount.get(reader);
      return found ? [{ checkId: check_id, reader: found }] : [];
    });
  } finally {
    await client.end();
  }
};
