import { openPool } from '@palier/db';
import { freshDatabase } from '@palier/db/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { installJobs, type JobHandlers, openJobs } from './boss.ts';
import { jobsOfEvent } from './of-event.ts';
import { lookSeconds, queueNames, schedules } from './queues.ts';

let appUrl: string;
let ownerUrl: string;
let pool: ReturnType<typeof openPool>;
const errors: Error[] = [];

beforeAll(async () => {
  const urls = await freshDatabase('migrated');
  ({ appUrl, ownerUrl } = urls);
  await installJobs(ownerUrl);
  await installJobs(ownerUrl); // every start does
  pool = openPool({ url: appUrl, max: 4, applicationName: 'test' });
});
afterAll(async () => {
  await pool.end();
});

test('a queue of an older version takes the terms of today at the next start; one that has them is left as it is', async () => {
  const owner = openPool({ url: ownerUrl, max: 1, applicationName: 'test' });
  const terms = async () => {
    const { rows } = await owner.query<{ name: string; said: string }>(
      `select name, concat_ws(' ', heartbeat_seconds, retry_limit, updated_on) as said from pgboss.queue order by name`,
    );
    return new Map(rows.map(({ name, said }) => [name, said]));
  };
  await owner.query(`update pgboss.queue set heartbeat_seconds = null, retry_limit = 1 where name = 'match.post'`);
  const before = await terms();
  await installJobs(ownerUrl);
  const after = await terms();
  expect([...after].filter(([name, said]) => before.get(name) !== said).map(([name]) => name)).toEqual(['match.post']);
  expect(after.get('match.post')).toMatch(/^10 3 /);
  await owner.end();
});

const idle: JobHandlers = {
  'mail.confirm': async () => undefined,
  'mail.reset': async () => undefined,
  'mail.account': async () => undefined,
  'mail.address': async () => undefined,
  'mail.copy': async () => undefined,
  'accounts.leave': async () => undefined,
  'accounts.erase': async () => undefined,
  'posts.calm': async () => undefined,
  'posts.expire': async () => undefined,
  'series.make': async () => undefined,
  'favours.remind': async () => undefined,
  'match.post': async () => undefined,
  'match.end': async () => undefined,
  'match.unplanned': async () => undefined,
  'rings.tell': async () => undefined,
  'case.tell': async () => undefined,
  'cases.tick': async () => undefined,
  'favours.tell': async () => undefined,
  'push.send': async () => undefined,
  'push.due': async () => undefined,
  'mail.digests': async () => undefined,
  'trust.grow': async () => undefined,
  'talks.tell': async () => undefined,
  'meetings.remind': async () => undefined,
  'doors.purge': async () => undefined,
  'watch.tick': async () => undefined,
  'weather.poll': async () => undefined,
  'rounds.tick': async () => undefined,
  'insights.build': async () => undefined,
  'retention.sweep': async () => undefined,
};

test('a job is there when its transaction is, and nowhere when it is rolled back; a failure is tried again with the same id', async () => {
  const jobs = await openJobs({ url: appUrl, isWorker: true, onError: (error) => errors.push(error) });
  const client = await pool.connect();
  const [kept, dropped] = [newId(), newId()];
  await client.query('begin');
  await jobs.insert(client, [{ queue: 'mail.confirm', data: { accountId: dropped } }]);
  await client.query('rollback');
  await client.query('begin');
  await jobs.insert(client, [{ queue: 'mail.confirm', data: { accountId: kept } }]);
  await client.query('commit');
  client.release();
  const { rows } = await pool.query(`select data from pgboss.job where name = 'mail.confirm'`);
  expect(rows).toEqual([{ data: { accountId: kept } }]);

  const seen: string[] = [];
  await new Promise<void>((done) => {
    void jobs.work({
      ...idle,
      'mail.confirm': async ({ id, data }) => {
        seen.push(id);
        expect(data).toEqual({ accountId: kept });
        if (seen.length === 1) {
          await pool.query(
            `update pgboss.job set retry_delay = 0, retry_delay_max = null, retry_backoff = false where id = $1`,
            [id],
          );
          throw new Error('not this time');
        }
        done();
      },
    });
  });
  expect(new Set(seen).size).toBe(1);
  await jobs.stop();
  expect(errors).toEqual([]);
});

test('a job that is to wait is there, and due when it was told to be', async () => {
  const jobs = await openJobs({ url: appUrl, isWorker: false, onError: (error) => errors.push(error) });
  const own = openPool({ url: appUrl, max: 1, applicationName: 'test' });
  const client = await own.connect();
  const calm = { queue: 'posts.calm', data: {} } as const;
  await jobs.insert(client, [calm, { ...calm, startAfterSeconds: 7_200 }]);
  client.release();
  const { rows } = await own.query(
    `select extract(epoch from start_after - created_on)::int as waits, keep_until > start_after as is_kept from pgboss.job where name = 'posts.calm' order by 1`,
  );
  expect(rows).toEqual([0, 7_200].map((waits) => ({ waits, is_kept: true })));
  await Promise.all([own.end(), jobs.stop()]);
  expect(errors).toEqual([]);
});

test('what an event calls for is looked at about every second; only what the clock alone calls for waits five', () => {
  const slow = queueNames.filter((name) => lookSeconds(name) > 1.1);
  expect(slow.filter((name) => !(name in schedules))).toEqual([]);
  for (const name of ['rings.tell', 'rounds.tick', 'watch.tick', 'weather.poll', 'posts.calm'] as const)
    expect(slow).not.toContain(name);
  for (const name of queueNames) expect(lookSeconds(name)).toBeLessThan(5.5);
  expect(new Set(queueNames.map(lookSeconds)).size).toBe(queueNames.length);
});

test('an event calls for the jobs it names, which carry an id and nothing else', () => {
  const accountId = newId();
  expect(jobsOfEvent({ kind: 'audit', change: 'mail.confirm', sideA: accountId })).toEqual([
    { queue: 'mail.confirm', data: { accountId } },
  ]);
  expect(jobsOfEvent({ kind: 'audit', change: 'mail.reset', sideA: accountId })).toEqual([
    { queue: 'mail.reset', data: { accountId } },
  ]);
  expect(jobsOfEvent({ kind: 'audit', change: 'copy.ask', sideA: accountId })).toEqual([
    { queue: 'mail.copy', data: { copyId: accountId } },
  ]);
  expect(jobsOfEvent({ kind: 'audit', change: 'mail.none', sideA: null })).toEqual([]);
  expect(jobsOfEvent({ kind: 'audit', change: 'post.urgent', sideA: null, postId: 'p' })).toEqual([
    { queue: 'posts.calm', data: {}, startAfterSeconds: 7_200 },
  ]);
  expect(jobsOfEvent({ kind: 'audit', change: 'post.fill', sideA: null, postId: 'p' })).toEqual([
    { queue: 'match.end', data: { postId: 'p' } },
  ]);
  expect(jobsOfEvent({ kind: 'rights', change: 'sessions', sideA: accountId })).toEqual([]);
  expect(jobsOfEvent({ kind: 'audit', change: 'account.leave', sideA: accountId })).toEqual([
    { queue: 'accounts.leave', data: { accountId } },
  ]);
  expect(jobsOfEvent({ kind: 'audit', change: 'mail.password', sideA: accountId })).toEqual([
    { queue: 'mail.account', data: { accountId, about: 'password' } },
  ]);
  const [postId, sideA] = [newId(), newId()];
  const ofPost = (change: string) => jobsOfEvent({ kind: 'post', change, postId, sideA });
  for (const change of ['opened', 'edited', 'narrowed:commune'])
    expect(ofPost(change)).toEqual([{ queue: 'match.post', data: { postId } }]);
  for (const change of ['closed', 'done']) expect(ofPost(change)).toEqual([{ queue: 'match.end', data: { postId } }]);
  const favourId = newId();
  const ofFavour = (change: string) => jobsOfEvent({ kind: 'favour', change, favourId, postId, sideA });
  expect(ofFavour('accepted')).toEqual([{ queue: 'favours.tell', data: { favourId, change: 'accepted' } }]);
  expect(ofFavour('standby')).toEqual([]);
  for (const change of ['changed', 'filled', 'held', 'hidden:commune', 'shown']) expect(ofPost(change)).toEqual([]);
});
