import { createHash, randomUUID } from 'node:crypto';
import type { Store } from './store.ts';
import type { Residence } from './towns.ts';

/** A resident who may read: where they live, and the cookie of their open session. */
export type Reader = { id: string; residenceId: string; cell: string; commune: string; cookie: string };

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Writes residences and `each` residents in every one of them, numbered 1… in `bench_people`, a table of the bench's own. Resolves with the number of residents. */
export const settle = async ({ owner }: Store, residences: readonly Residence[], each: number): Promise<number> => {
  const territory = randomUUID();
  await owner.query('insert into territories (id, name) values ($1, $2)', [territory, 'Bench']);
  await owner.query(
    `insert into residences (id, territory_id, commune, name, homes, cell)
     select uuidv7(), $1, commune, 'Résidence ' || n, 30, cell from unnest($2::text[], $3::text[]) with ordinality as r(commune, cell, n)`,
    [territory, residences.map(({ commune }) => commune), residences.map(({ cell }) => cell)],
  );
  await owner.query(`insert into residents (id, residence_id, display_name, trust, joined_at)
    select uuidv7(), r.id, 'Voisin ' || n, 'trusted', now() - interval '90 days' from residences r, generate_series(1, ${each}) n`);
  await owner.query(`create table bench_people as
    select row_number() over (order by p.id) as n, 0 as twin, p.id, p.residence_id, r.commune, r.cell from residents p join residences r on r.id = p.residence_id`);
  await owner.query('create unique index on bench_people (n)');
  await owner.query('grant select on bench_people to palier_app');
  await owner.query('analyze residences, residents, bench_people');
  const { rows } = await owner.query<{ count: number }>('select count(*)::int as count from bench_people');
  return rows[0]?.count ?? 0;
};

/** Opens `count` residences (twin 1) beside residents drawn from everywhere, and as many (twin 2) in the communes given, each with one resident in `bench_people`. */
export const settleTwins = async ({ owner }: Store, count: number, communes: readonly string[]): Promise<void> => {
  await owner.query(
    `with drawn as (
       (select 1 as twin, commune, cell from bench_people order by hashint8(n) limit $1) union all
       (select 2, commune, cell from bench_people where commune = any($2) order by hashint8(n) limit $1)),
     fresh as (select twin, commune, cell, uuidv7() as residence, uuidv7() as resident from drawn),
     r as (insert into residences (id, territory_id, commune, name, homes, cell)
       select residence, (select id from territories limit 1), commune, 'Résidence neuve', 30, cell from fresh),
     p as (insert into residents (id, residence_id, display_name, trust, joined_at) select resident, residence, 'Voisine', 'trusted', now() - interval '90 days' from fresh)
     insert into bench_people select -row_number() over (), twin, resident, residence, commune, cell from fresh`,
    [count, communes],
  );
};

/** Opens a session for residents chosen by `where` (a condition on `bench_people`, its parameters after it), spread evenly, at most `count`. */
export const openSessions = async (
  { owner }: Store,
  count: number,
  where = 'true',
  ...values: unknown[]
): Promise<Reader[]> => {
  const { rows } = await owner.query<Omit<Reader, 'cookie'>>(
    `select id, residence_id as "residenceId", cell, commune from bench_people where ${where} order by hashint8(n) limit ${count}`,
    values,
  );
  const raws = rows.map(({ id }) => hashOf(`session of ${id}`));
  const hashes = raws.map(hashOf);
  await owner.query(
    `with fresh as (select resident, gen_random_uuid() as account, hash from unnest($1::uuid[], $2::text[]) as u(resident, hash)
        where not exists (select from sessions s where s.id = hash)),
      a as (insert into accounts (id, email, email_confirmed_at, password_hash, display_name)
        select account, account || '@bench.test', now(), '-', 'Voisin' from fresh returning id),
      r as (update residents set account_id = account from fresh where residents.id = resident returning 1)
     insert into sessions (id, account_id, expires_at, created_at)
       select hash, account, now() + interval '59 days', now() from fresh join a on a.id = account`,
    [rows.map(({ id }) => id), hashes],
  );
  return rows.map((row, n) => ({ ...row, cookie: `palier_session=${raws[n]}` }));
};
