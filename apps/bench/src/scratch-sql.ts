import { readFileSync } from 'node:fs';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: readFileSync('/tmp/feed-url', 'utf8'), max: 1 });
const { rows } = await pool.query(
  `select s.id as hash, a.id as account, r.id as me, r.residence_id as home from sessions s join accounts a on a.id = s.account_id join residents r on r.account_id = a.id limit 64`,
);
const src = readFileSync('apps/api/src/posts/memory/memory.queries.ts', 'utf8');
const text = /name: 'feed_standings',\n\s+text: `([^`]+)`/.exec(src)![1]!;
const time = async (label: string, f: (n: number) => Promise<unknown>) => {
  for (let n = 0; n < 300; n++) await f(n);
  const s = performance.now();
  for (let n = 0; n < 2000; n++) await f(n);
  console.log(label, (((performance.now() - s) / 2000) * 1000).toFixed(0), 'us');
};
for (let round = 0; round < 2; round++) {
  await time('select 1', () => pool.query({ name: 'one', text: 'select 1', values: [] }));
  await time('session pk', (n) =>
    pool.query({ name: 'sess', text: 'select id from sessions where id = $1', values: [rows[n % 64].hash] }),
  );
  for (const k of [1, 4, 16])
    await time('standings ' + k, (n) => {
      const g = Array.from({ length: k }, (_, i) => rows[(n + i) % 64]);
      return pool.query({ name: 'st', text, values: [JSON.stringify(g.map((r, n) => ({ n, ...r }))), 0] });
    });
}
console.log((await pool.query('select name, generic_plans, custom_plans from pg_prepared_statements')).rows);
await pool.query('set plan_cache_mode = force_generic_plan');
for (const k of [1,4,16]) await time('generic standings ' + k, (n) => { const g = Array.from({ length: k }, (_, i) => rows[(n + i) % 64]); return pool.query({ name: 'st', text, values: [JSON.stringify(g.map((r, n) => ({ n, ...r }))), 0] }); });
await pool.end();
