import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { until } from '../../test/live-harness.ts';
import { numbers, openStream } from '../../test/stream.ts';
import { createDoorbell, type SequencerOptions } from './index.ts';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

test('sixteen writers that commit late and out of order: dense, none missed, where a reader of `id > last` loses rows', async () => {
  const { pool, stamped, begin, seqs, waiting } = await openStream();
  const sequencer = await begin();
  const random = seeded(20261102);
  const naive = new Set<number>();
  let isWriting = true;
  const readNaively = (async () => {
    for (let last = 0; isWriting; ) {
      const { rows } = await pool.query<{ id: string }>('select id from outbox where id > $1 order by id', [last]);
      for (const { id } of rows) naive.add(Number(id));
      last = Number(rows.at(-1)?.id ?? last);
    }
  })();
  const each = 60;
  const writer = async () => {
    const client = await pool.connect();
    for (let n = 0; n < each; n += 1) {
      await client.query('begin');
      await client.query(`insert into outbox (kind, change) values ('audit', 'late')`);
      await client.query('select pg_sleep($1)', [random() * 0.02]);
      await client.query('commit');
    }
    client.release();
  };
  await Promise.all(Array.from({ length: 16 }, writer));
  await until(async () => (await waiting()) === 0, 'everything stamped');
  isWriting = false;
  await readNaively;
  await sequencer.stop();
  const all = 16 * each;
  expect(await seqs()).toEqual(numbers(1, all));
  expect(stamped.map(({ seq }) => seq)).toEqual(numbers(1, all));
  expect(naive.size).toBeLessThan(all);
});

test('a row is stamped and published within milliseconds of the ring, and soon without one', async () => {
  const { write, begin, stamped } = await openStream();
  const doorbell = createDoorbell();
  const sequencer = await begin({ doorbell, pollMs: 60_000 });
  await until(() => sequencer.isHolder(), 'the election');
  await write();
  doorbell.ring();
  await until(() => stamped.length === 1, 'the rung one', 500);
  await sequencer.stop();
  const polling = await begin();
  await write();
  await until(() => stamped.length === 2, 'the polled one', 500);
  await polling.stop();
});

test('jobs are inserted in the transaction that stamps; when they cannot be, nothing is stamped, and it is tried again', async () => {
  const { pool, write, begin, seqs, stamped } = await openStream();
  await pool.query('select 1');
  let tries = 0;
  const insertJobs: SequencerOptions['insertJobs'] = async (client, events) => {
    tries += 1;
    await client.query(
      `insert into answers (account_id, key, request_hash, status, body) values (gen_random_uuid(), $1, '', 200, '')`,
      [`job ${events.length} ${tries}`],
    );
    if (tries === 1) throw new Error('no queue');
  };
  await write();
  await write();
  const sequencer = await begin({ insertJobs });
  await until(() => stamped.length === 2, 'both');
  await sequencer.stop();
  expect(await seqs()).toEqual([1, 2]);
  expect((await pool.query('select key from answers')).rows).toEqual([{ key: 'job 2 2' }]);
});

test('the second candidate waits for as long as the first lives, takes over at once when it stops, and above its fence', async () => {
  const { pool, write, begin, seqs, waiting } = await openStream();
  const [first, second] = [await begin(), await begin()];
  expect([first.isHolder(), second.isHolder()]).toEqual([true, false]);
  await write();
  await until(async () => (await waiting()) === 0, 'the first row');
  await first.stop();
  await until(() => second.isHolder(), 'the takeover', 2_000);
  await write();
  await until(async () => (await waiting()) === 0, 'the second row');
  await second.stop();
  expect(await seqs()).toEqual([1, 2]);
  expect((await pool.query('select fence from stream_head')).rows).toEqual([{ fence: '2' }]);
});

test('a holder that is stopped dead is replaced within ten seconds, and comes back as a zombie that stamps nothing', async () => {
  const { appUrl, pool, write, begin, seqs, stamped, waiting } = await openStream();
  const zombie = spawn(
    process.execPath,
    [new URL('../../test/programs/sequencer.ts', import.meta.url).pathname, appUrl],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(zombie);
  let said = '';
  zombie.stdout.on('data', (data: Buffer) => {
    said += data;
  });
  await until(() => said.includes('holder'), 'the first holder', 40_000); // a process starts, on a machine that may be busy
  await write();
  await until(async () => (await waiting()) === 0, 'its first row');
  const heir = await begin();
  zombie.kill('SIGSTOP');
  const stoppedAt = performance.now();
  await write();
  await until(() => stamped.length === 1, 'the takeover', 10_000);
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  const before = said;
  zombie.kill('SIGCONT');
  for (let n = 0; n < 20; n += 1) {
    await write();
    await until(() => stamped.length === 2 + n, 'each row, by the heir', 10_000);
  }
  await until(async () => (await waiting()) === 0, 'all of it');
  expect(said).toBe(before);
  expect(heir.isHolder()).toBe(true);
  expect(stamped.map(({ seq }) => seq)).toEqual(numbers(2, 22));
  expect(await seqs()).toEqual(numbers(1, 22));
  const chain = (await pool.query<{ seq: string }>('select seq from audit_chain order by seq')).rows;
  expect(chain.map(({ seq }) => Number(seq))).toEqual(numbers(1, 22));
  zombie.kill('SIGTERM');
  await once(zombie, 'exit');
  await heir.stop();
}, 80_000);

test('a holder whose backends are killed again and again loses and doubles nothing', async () => {
  const { pool, write, begin, seqs, stamped, waiting } = await openStream();
  const sequencer = await begin();
  for (let n = 0; n < 60; n += 1) {
    await write();
    if (n % 10 === 5)
      await pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'palier sequencer %' and datname = current_database()`,
      );
  }
  await until(async () => (await waiting()) === 0, 'everything stamped', 10_000);
  await sequencer.stop();
  expect(await seqs()).toEqual(numbers(1, 60));
  const heard = stamped.map(({ seq }) => seq);
  expect(new Set(heard).size).toBe(heard.length);
  expect((await pool.query<{ n: number }>('select count(*)::int as n from audit_chain')).rows).toEqual([{ n: 60 }]);
});

/** Waits in the database, at the cost of nobody here, until the holder has made its lease longer. */
const untilRenewed = `do $$ declare held timestamptz := (select lease_until from stream_head); begin
  for look in 1..450 loop
    perform pg_sleep(0.01);
    exit when (select lease_until > held from stream_head);
  end loop;
end $$`;

test('an idle sequencer costs the database little and keeps its lease', async () => {
  const { pool, begin } = await openStream();
  const sequencer = await begin();
  await until(() => sequencer.isHolder(), 'the election', 10_000);
  const [start, spent] = [performance.now(), process.cpuUsage()];
  await pool.query(untilRenewed);
  const { user, system } = process.cpuUsage(spent);
  expect((user + system) / 1_000).toBeLessThan(0.2 * (performance.now() - start));
  const { rows } = await pool.query<{ alive: boolean }>(
    'select lease_until > clock_timestamp() as alive from stream_head',
  );
  expect(rows).toEqual([{ alive: true }]);
  await sequencer.stop();
});

/** Numbers in [0, 1) from a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
