import { demoPassword, planTown, readTowns, type TownPlan } from '@palier/demo';
import type pg from 'pg';
import { newId } from '../ids.ts';
import { deriveCell } from '../places/derive-cell.ts';
import { type BulkRow, copyRows, inBulkTransaction } from './bulk.ts';
import type { OperatorContext } from './context.ts';
import { OperatorRefusal } from './refusal.ts';

const territoryName = 'Villes simulées';
const townsAtOnce = 25;

const openTerritory = async (client: pg.Client, now: Date): Promise<string> => {
  const { rowCount } = await client.query('select from territories where name = $1', [territoryName]);
  if (rowCount) throw new OperatorRefusal('the generated towns are already in this database: use an empty DATA_DIR');
  const id = newId();
  const auditId = newId();
  await client.query('insert into territories (id, name, created_at) values ($1, $2, $3)', [id, territoryName, now]);
  await client.query(
    `insert into audit (id, at, actor_role, action, subject, subject_id) values ($1, $2, 'operator', 'demo.towns', 'territory', $3)`,
    [auditId, now, id],
  );
  await client.query(`insert into outbox (kind, change, audit_id) values ('audit', 'demo.towns', $1)`, [auditId]);
  return id;
};

const copyPlans = async (client: pg.Client, plans: readonly TownPlan[]): Promise<void> => {
  for (const table of ['residences', 'residencePlaces', 'stairs', 'accounts', 'residents', 'posts'] as const) {
    const rows: BulkRow[] = plans.flatMap((plan): BulkRow[] => plan[table]);
    const [first] = rows;
    if (first) await copyRows(client, table, Object.keys(first), rows);
  }
};

/** Fills a territory of its own with the most populous `towns` of the load tests and spreads `posts` open posts over their residents; says how far it is. */
export const loadTowns = async (ctx: OperatorContext, input: { towns: number; posts: number }): Promise<void> => {
  if (ctx.env.isProduction) throw new OperatorRefusal('generated towns are refused in production');
  const all = readTowns();
  if (input.towns < 1 || input.towns > all.length) throw new OperatorRefusal(`--towns is from 1 to ${all.length}`);
  const towns = all.slice(0, input.towns);
  const people = towns.reduce((sum, town) => sum + town.residents, 0);
  const passwordHash = await ctx.hashing.hash(demoPassword);
  await inBulkTransaction(ctx.store.appUrl, async (client) => {
    const territoryId = await openTerritory(client, ctx.now);
    let [residents, posts, peopleBefore] = [0, 0, 0];
    for (let from = 0; from < towns.length; from += townsAtOnce) {
      const plans = towns.slice(from, from + townsAtOnce).map((town) => {
        // Rounded on the running sum, so that the total is exact.
        const share =
          Math.round((input.posts * (peopleBefore + town.residents)) / people) -
          Math.round((input.posts * peopleBefore) / people);
        peopleBefore += town.residents;
        return planTown(town, {
          now: ctx.now,
          territoryId,
          passwordHash,
          cellOf: (residence) => deriveCell(ctx.keys.blur, residence),
          posts: share,
        });
      });
      await copyPlans(client, plans);
      for (const plan of plans) {
        residents += plan.residents.length;
        posts += plan.posts.length;
      }
      ctx.say(
        `${Math.min(from + townsAtOnce, towns.length)} of ${towns.length} towns: ${residents} residents, ${posts} posts`,
      );
    }
  });
  await inBulkTransaction(ctx.store.ownerUrl, (client) =>
    client.query('analyze accounts, residences, residents, posts'),
  ); // the owner's right
};
