import { readFileSync } from 'node:fs';
import pg from 'pg';
import { feedStatement } from '../../api/src/posts/feed-statements.ts';

const pool = new pg.Pool({ connectionString: readFileSync('/tmp/feed-url', 'utf8'), max: 1 });
const { rows } = await pool.query(
  `select r.id as me, r.residence_id as home, e.commune, e.cell from residents r join residences e on e.id = r.residence_id where r.account_id is not null limit 64`,
);
const time = async (label: string, f: (n: number) => Promise<unknown>) => {
  for (let n = 0; n < 200; n++) await f(n);
  const s = performance.now();
  for (let n = 0; n < 1000; n++) await f(n);
  console.log(label, (((performance.now() - s) / 1000) * 1000).toFixed(0), 'us');
};
const st = feedStatement({ source: 'home', order: 'newest', urgency: 'any', hasCategories: false, hasText: false });
const values = (r: any) => {
  const all: any = {
    groups: ['s', 'r'],
    beforeAt: 'infinity',
    beforeId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    soon: '-infinity',
    asOf: new Date().toISOString(),
    limit: 21,
    me: r.me,
    residence: r.home,
    stair: null,
    commune: r.commune,
    hidden: [],
    kind: null,
    audience: null,
    categories: [],
    q: null,
    words: [],
  };
  return st.parameters.map((p) => all[p]);
};
for (const mode of ['auto', 'force_generic_plan', 'auto', 'force_generic_plan']) {
  await pool.query(`set plan_cache_mode = ${mode}`);
  await time('feed home ' + mode, (n) => pool.query({ name: st.name, text: st.text, values: values(rows[n % 64]) }));
}
await pool.end();
