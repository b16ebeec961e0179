import pg from 'pg';
import type { Store } from './store.ts';

/** One post in a thousand is of this category. */
export const rareCategory = 'sewing';

/** Texts of the length that neighbours write; the numbers make each different. */
const sentences = [
  'Je rentre tard cette semaine et le magasin ferme avant mon retour.',
  'Il y en a pour une petite heure, je fournis le matériel et le café.',
  'Mon immeuble n’a pas d’ascenseur et je ne peux rien porter en ce moment.',
  'Plutôt le matin, mais je peux m’arranger si cela ne vous convient pas.',
  'Je rembourse les achats sur présentation du ticket de caisse.',
  'N’hésitez pas à passer un message avant de venir, je suis souvent au jardin.',
];

/** Writes to `posts` as a bulk load does: indexes made again at the end, references not looked at one by one. */
const inBulk = async ({ adminUrl }: Store, work: (client: pg.Client) => Promise<unknown>): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ name: string; made: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i where i.indrelid = 'posts'::regclass and not i.indisprimary`,
    );
    await client.query(
      `set local session_replication_role = replica; set local synchronous_commit = off; set local maintenance_work_mem = '256MB'; set local role palier_owner`,
    );
    for (const { name } of rows) await client.query(`drop index ${name}`);
    await work(client);
    for (const { made } of rows) await client.query(made);
    await client.query('commit');
  } finally {
    await client.end();
  }
};

/**
 * Fills `posts` with open ones numbered from `from` to `to` (inclusive), the same whenever it is called: authors drawn from `bench_people`, six requests for four offers,
 * fifteen categories alike and one rare, three in four for the neighbourhood, over the last 30 days.
 */
export const fillPosts = async (store: Store, from: number, to: number, people: number): Promise<void> => {
  await inBulk(store, (client) => insertPosts(client, from, to, people));
  await store.owner.query('vacuum analyze posts');
};

const insertPosts = (client: pg.Client, from: number, to: number, people: number): Promise<unknown> =>
  client.query(
    `insert into posts (id, author_id, residence_id, commune, cell, kind, category, title, details, audience, state, created_at, updated_at, expires_at)
     select uuidv7(created - clock_timestamp()), p.id, p.residence_id, p.commune, p.cell,
       (case when d.kind < 6 then 'request' else 'offer' end)::post_kind,
       (case when d.rare = 0 then $4 else (array['errands','heat-check','repair','heavy-lifting','transport','digital','paperwork','company','childcare','schoolwork','pets','garden','lending','cooking','other'])[1 + d.category] end)::category,
       'Un coup de main pour demain, n° ' || i, ($5::text[])[1 + d.a] || ' ' || ($5::text[])[1 + d.b] || ' ' || ($5::text[])[1 + d.c],
       (case when d.audience < 15 then 'neighbourhood' when d.audience < 19 then 'commune' else 'residence' end)::audience, 'open', created, created, created + interval '60 days'
     from (select i, 1 + abs(hashint8extended(i, 1) % $3::int8) as n, now() - make_interval(secs => abs(hashint8extended(i, 2) % 2592000)) as created,
         abs(hashint8extended(i, 3) % 10) as kind, abs(hashint8extended(i, 4) % 15) as category, abs(hashint8extended(i, 5) % 1000) as rare, abs(hashint8extended(i, 6) % 20) as audience,
         abs(hashint8extended(i, 7) % 6) as a, abs(hashint8extended(i, 8) % 6) as b, abs(hashint8extended(i, 9) % 6) as c
       from generate_series($1::int8, $2::int8) i) d
     join bench_people p on p.n = d.n`,
    [from, to, people, rareCategory, sentences],
  );
