import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openJobs } from '../../src/jobs/boss.ts';
import { newDataDir, runServer, until } from './run-server.ts';

const DATA_DIR = newDataDir();
const cluster = await runServer({ DATA_DIR, DEMO: 'on' }, 'up', '--processes', '2');
await cluster.ready();
const pidOf = (name: string) => Number(new RegExp(`${name}: process (\\d+)`).exec(cluster.output())?.[1]);
await until('the names of the processes', () => pidOf('jobs') > 0);

const keys = JSON.parse(readFileSync(join(DATA_DIR, 'postgres.json'), 'utf8')) as Record<string, string>;
const connection = `postgres://palier_app:${keys['palier_app']}@localhost/palier?host=${encodeURIComponent(join(DATA_DIR, 'postgres'))}`;
const database = new pg.Client({ connectionString: connection });
await database.connect();

/** The process that stamps the stream. */
const holderPid = async (): Promise<number | undefined> => {
  const { rows } = await database.query<{ name: string }>(
    'select application_name as name from pg_stat_activity a join stream_head h on h.holder_pid = a.pid',
  );
  return Number(rows[0]?.name.split(' ').at(-1)) || undefined;
};

/** Asks once, and again while a machine that is full says so (503): nothing was done then, and the key sees to it where it cannot be known. */
const insist = async (path: string, body: unknown, cookie = ''): Promise<Response> => {
  const headers = { cookie, 'idempotency-key': randomUUID() };
  let answer = await cluster.post(path, body, headers);
  await until(`an answer of ${path}`, async () => {
    if (answer.status === 503) answer = await cluster.post(path, body, headers);
    return answer.status !== 503;
  });
  return answer;
};
const signIn = async (name: string): Promise<string> => {
  const answer = await insist('/session', { email: `${name}@demo.palier.test`, password: 'palier-demo' });
  expect(answer.status).toBe(204);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
};

type Heard = { type: string; seq: number; after?: number; caseId?: string; post?: { id: string } };
/** A socket of a resident: upgrades go round, so that two opened one after the other are with two processes. */
const listen = async (cookie: string) => {
  const heard: Heard[] = [];
  const open = (): Promise<WebSocket | null> =>
    new Promise((opened) => {
      const socket = new WebSocket(`${cluster.url.replace('http', 'ws')}/api/live`, 'palier.live.v1', {
        headers: { cookie, origin: cluster.url },
      });
      socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Heard));
      socket.once('open', () => opened(socket));
      socket.on('error', () => opened(null)); // refused by a machine that is full: asked again
    });
  let socket = await open();
  await until('a socket', async () => {
    socket ??= await open();
    return socket !== null;
  });
  if (!socket) throw new Error('no socket');
  await until('ready', () => heard.some(({ type }) => type === 'ready'));
  const posts = () => heard.flatMap(({ type, post }) => (type === 'post.opened' && post ? [post.id] : []));
  return { socket, heard, posts };
};

const [author, reader] = [await signIn('resident-001'), await signIn('resident-002')];
const ask = async (title: string): Promise<string> => {
  const body = { kind: 'request', category: 'errands', title, audience: 'residence' };
  const key = randomUUID();
  for (let tries = 0; ; tries += 1) {
    const answer = await cluster
      .post('/posts', body, { cookie: author, 'idempotency-key': key })
      .catch(() => undefined);
    if (answer?.status === 201) return ((await answer.json()) as { post: { id: string } }).post.id;
    if (tries > 200 || (answer && answer.status < 500 && answer.status !== 409))
      throw new Error(`${title}: ${answer?.status} ${await answer?.text()}`);
    await until('a process that answers', async () => (await cluster.status('/api/ready')) === 200);
  }
};

test('readers on two processes hear at once what is asked through either', async () => {
  const readers = [await listen(reader), await listen(reader)];
  const sockets = await Promise.all(
    [1, 2].map(async () => {
      const metrics = await (await fetch(`${cluster.url}/api/metrics`)).text();
      return /^palier_live_sockets (\d+)/m.exec(metrics)?.[1];
    }),
  );
  expect(sockets).toEqual(['1', '1']);
  const ids = [await ask('Du pain'), await ask('Du lait'), await ask('Des œufs')];
  for (const { posts } of readers) await until('all three', () => posts().length === 3);
  for (const { posts, socket } of readers) {
    expect(posts()).toEqual(ids);
    socket.terminate();
  }
});

test('twenty answers to one case through two processes: one rules, and both desks hear of it', async () => {
  const post = await ask('Un vélo à garder');
  const report = { subject: 'post', subjectId: post, reason: 'scam' };
  expect((await insist('/reports', report, reader)).status).toBe(201);
  const desks = [await signIn('referent-1'), await signIn('coordinator-1')];
  const { rows } = await database.query<{ id: string }>('select id from cases where subject_id = $1', [post]);
  const caseId = rows[0]?.id ?? '';
  const screens = [await listen(desks[0] ?? ''), await listen(desks[1] ?? '')];
  const ruling = { kind: 'warn', reason: 'scam', text: 'Une phrase pour son auteur.' };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      cluster.post(`/moderation/cases/${caseId}/decisions`, ruling, { cookie: desks[n % 2] ?? '' }),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  expect([statuses.filter((one) => one === 201).length, statuses.filter((one) => one === 409).length]).toEqual([1, 19]);
  for (const { heard, socket } of screens) {
    await until('word of the case', () => heard.some((one) => one.type === 'case.changed' && one.caseId === caseId));
    socket.terminate();
  }
});

test('the process that stamps is killed: another takes over, nothing is lost, and it is started again', async () => {
  const readers = [await listen(reader), await listen(reader)];
  const holder = await holderPid();
  expect(['api 1', 'api 2', 'jobs'].map(pidOf)).toContain(holder);
  const ids = [await ask('Avant')];
  process.kill(holder ?? 0, 'SIGKILL');
  const at = performance.now();
  for (let n = 0; n < 5; n += 1) ids.push(await ask(`Après ${n}`));
  await until('another holder', async () => ![undefined, holder].includes(await holderPid()));
  expect(performance.now() - at).toBeLessThan(10_000);
  const alive = readers.filter(({ socket }) => socket.readyState === WebSocket.OPEN);
  expect(alive.length).toBeGreaterThan(0);
  for (const { posts } of alive) await until('all of them', () => posts().length === ids.length);
  for (const { posts } of alive) expect(posts()).toEqual(ids);
  const dead = readers.find(({ socket }) => socket.readyState !== WebSocket.OPEN);
  if (dead) {
    const last = dead.heard.findLast(({ after }) => after !== undefined)?.seq ?? dead.heard[0]?.seq ?? 0;
    const back = await listen(reader);
    back.socket.send(JSON.stringify({ type: 'resume', after: last }));
    await until('what it missed', () => dead.posts().length + back.posts().length === ids.length);
    expect([...dead.posts(), ...back.posts()]).toEqual(ids);
  }
  await until('the process is back', () => /ended by itself \(SIGKILL\): it is started again/.test(cluster.output()));
});

/** Locks a table until it is let go, so that whoever writes to it waits there: where a process is cut is the test's choice. */
const hold = async (table: 'asks' | 'notifications') => {
  const holder = new pg.Client({ connectionString: connection });
  await holder.connect();
  await holder.query(`begin; lock table ${pg.escapeIdentifier(table)} in share row exclusive mode`);
  return () => holder.end();
};
const blockedOn = async (table: string): Promise<boolean> => {
  const { rowCount } = await database.query(
    `select from pg_stat_activity where wait_event_type = 'Lock' and state = 'active' and query ~* $1`,
    [`insert into "?${table}"? `],
  );
  return (rowCount ?? 0) > 0;
};
/** The process that works through the queues; NaN while it is down. */
const jobsPid = (): number => {
  const pid = Number([...cluster.output().matchAll(/jobs: process (\d+)/g)].at(-1)?.[1]);
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return Number.NaN;
  }
};

test('the process that tells neighbours is killed in the midst of it, twice: each is asked once, none is lost', async () => {
  // Urgent, and told at night too: the hour of the day changes nothing.
  await database.query(
    `update residents set urgent_at_night = true, asks_per_day = 10, last_seen_at = now() where residence_id = (select residence_id from posts where title = 'Du pain' limit 1)`,
  );
  const body = { kind: 'request', category: 'errands', title: 'Vite', audience: 'residence', urgent: true };
  const tables = ['asks', 'notifications'] as const;
  const jobs = await openJobs({ url: connection, isWorker: false, onError: () => undefined });
  let release = await hold(tables[0]);
  const answer = await insist('/posts', body, author);
  expect(answer.status).toBe(201);
  const { post } = (await answer.json()) as { post: { id: string } };
  const asked = async () => {
    const { rows } = await database.query<{ resident_id: string; step: string; notices: number }>(
      `select a.resident_id, a.step, (select count(*)::int from notifications n join residents r on r.account_id = n.account_id where r.id = a.resident_id and n.post_id = a.post_id) as notices
       from asks a where a.post_id = $1`,
      [post.id],
    );
    return rows;
  };
  let nudgedAt = Number.NEGATIVE_INFINITY;
  /** Rings, each second until something is so, what the clock of the queue rings each minute. */
  const nudgedUntil = (what: string, isSo: () => Promise<boolean>) =>
    until(what, async () => {
      if (await isSo()) return true;
      if (performance.now() < nudgedAt + 1_000) return false;
      nudgedAt = performance.now();
      await jobs.insert(database, [{ queue: 'rings.tell', data: {} }]);
      return false;
    });
  for (const [at, table] of tables.entries()) {
    await nudgedUntil(`a step that waits to write ${table}`, () => blockedOn(table));
    await until('the process of the queues', () => jobsPid() > 0);
    const pid = jobsPid();
    process.kill(pid, 'SIGKILL');
    const next = tables[at + 1];
    const letGo = release;
    if (next) release = await hold(next);
    await letGo();
    expect(await asked()).toEqual([]);
    await until('the process is back', () => jobsPid() > 0 && jobsPid() !== pid);
  }
  const steps = async () =>
    (
      await database.query<{ step: string; told: number }>(
        `select step, told from ring_steps where post_id = $1 and done_at is not null and step <> 'interests' order by step`,
        [post.id],
      )
    ).rows;
  await nudgedUntil('both rings told', async () => (await steps()).length === 2);
  await jobs.stop();
  const rows = await asked();
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ notices }) => notices !== 1)).toEqual([]);
  for (const { step, told } of await steps()) expect(rows.filter((row) => row.step === step).length).toBe(told);
});

test('Ctrl-C ends all of them, and the database, within ten seconds', async () => {
  await database.end();
  const { code, ms } = await cluster.stop('SIGINT');
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
});
