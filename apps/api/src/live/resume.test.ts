import { epochSize } from '@palier/domain/live';
import { expect, test } from 'vitest';
import { factsOf } from '../../test/live-facts.ts';
import { openLiveHarness, until } from '../../test/live-harness.ts';

const h = await openLiveHarness();
const { post, alter, favour, moveTo, block } = factsOf(h);
const home = await h.mintResidence();
const author = await h.mintResident({ residenceId: home.id, stairId: null });
const reader = await h.mintResident({ residenceId: home.id, stairId: null });
const stranger = await h.mintResident({ cell: '8928308280fffff', commune: '75101' });
const headNow = async () => {
  await h.settled();
  return h.hub.head();
};
/** Resumes and hears everything up to the head: the answer to a ping comes after it. */
const resumed = async (as: { cookie: string }, after: number | string) => {
  const one = await h.read(as, `?after=${after}`);
  await until(() => {
    one.send({ type: 'ping' });
    return one.frames.some((frame) => frame.type === 'tick' || frame.type === 'resync');
  }, 'the end of the replay');
  return one;
};

test('a cursor from nowhere is told to reload, or refused; never someone else’s news', async () => {
  const head = await headNow();
  for (const after of ['-1', '1.5', 'abc', '9223372036854775808', '', ' 1', '1e3', '0x1', '١'])
    expect([
      after,
      await h.statusOf({ cookie: reader.cookie, origin: h.env.origin.origin }, `?after=${encodeURIComponent(after)}`),
    ]).toEqual([after, 400]);
  expect(await h.statusOf({ cookie: reader.cookie, origin: h.env.origin.origin }, '?after=1&after=2')).toBe(400);
  for (const after of [-1, 1.5, 'abc', 2 ** 63, null, [], {}]) {
    const one = await h.read(reader);
    one.send({ type: 'resume', after });
    await one.whenClosed();
    expect([after, one.closed?.code]).toEqual([after, 1008]);
  }
  for (const after of [head + 1, head + 1_000_000, epochSize * 3, Number.MAX_SAFE_INTEGER]) {
    const one = await resumed(reader, after);
    expect(one.frames[1]).toEqual({ type: 'resync', seq: head, reason: 'future' });
    one.socket.terminate();
  }
  const reloaded = await resumed(reader, head + 1);
  const id = await post(author, { audience: 'residence' });
  await until(() => reloaded.told(id).length === 1, 'what comes after the reload');
  expect(reloaded.events[0]?.after).toBe(head);
  reloaded.socket.terminate();
  const theirs = await resumed(stranger, 0);
  expect(theirs.events.filter((frame) => frame.type !== 'favour.changed')).toEqual([]);
  theirs.socket.terminate();
});

test('a cursor older than what is kept, or from before a restore, is told to reload', async () => {
  const h2 = await openLiveHarness();
  const someone = await h2.mintResident();
  const facts = factsOf(h2);
  for (let n = 0; n < 6; n += 1) await facts.post(someone);
  await h2.settled();
  const head = h2.hub.head();
  await h2.pool.query('delete from outbox where seq <= $1', [head - 3]);
  // what this process still remembers is as good as what the table keeps: ask one that remembers nothing
  const h3 = await openLiveHarness({}, {}, { hasSequencer: false });
  const again = { cookie: someone.cookie };
  for (const [after, reason] of [
    [head - 5, 'expired'],
    [head - 4, 'expired'],
    [head - 3, null],
    [head, null],
  ] as const) {
    const one = await h3.read(again, `?after=${after}`);
    one.send({ type: 'ping' });
    await until(() => one.frames.length > 1, 'an answer');
    expect([after, one.frames.find((frame) => frame.type === 'resync')?.reason ?? null]).toEqual([after, reason]);
    one.socket.terminate();
  }
});

test('resume is the first thing said or is refused: after an event, or twice, it closes 1008', async () => {
  const start = await headNow();
  const late = await h.read(reader);
  await post(author, { audience: 'residence' });
  await late.heard('post.opened');
  late.send({ type: 'resume', after: start });
  await late.whenClosed();
  const twice = await h.read(reader);
  twice.send({ type: 'resume', after: start });
  twice.send({ type: 'resume', after: start });
  await twice.whenClosed();
  expect([late.closed?.code, twice.closed?.code]).toEqual([1008, 1008]);
});

test('nothing is told before the first frame or 200 ms, and what happened meanwhile is told then', async () => {
  const quiet = h.connect(reader);
  await quiet.heard('ready');
  const readyAt = performance.now();
  const id = await post(author, { audience: 'residence' });
  await quiet.heard('post.opened');
  expect(performance.now() - readyAt).toBeGreaterThan(150);
  const quick = h.connect(reader);
  quick.socket.once('open', () => quick.send({ type: 'ping' }));
  await quick.heard('tick');
  expect(quiet.told(id)).toEqual(['opened']);
  quiet.socket.terminate();
  quick.socket.terminate();
});

test('a frame sent in the same breath as the upgrade is heard', async () => {
  const start = await headNow();
  const id = await post(author, { audience: 'residence' });
  await headNow();
  for (let n = 0; n < 10; n += 1) {
    const early = h.connect(reader);
    early.socket.once('upgrade', () => setImmediate(() => early.send({ type: 'resume', after: start })));
    await early.heard('post.opened');
    expect(early.told(id)).toEqual(['opened']);
    expect(early.events[0]?.after).toBe(start);
    early.socket.terminate();
  }
});

test('a replay shows things as they are now: what closed meanwhile is closed, each event in its place', async () => {
  const start = await headNow();
  const id = await post(author, { audience: 'residence', helpersNeeded: 2 });
  await headNow();
  await alter(id, 'changed', { taken: 1 });
  await headNow();
  await alter(id, 'closed', { state: 'withdrawn' });
  await headNow();
  const one = await resumed(reader, start);
  expect(one.told(id)).toEqual(['closed withdrawn', 'closed withdrawn', 'closed withdrawn']);
  expect(one.events.map(({ after, seq }) => seq - after)).toEqual([1, 1, 1]);
  one.socket.terminate();
});

test('whoever left the residence while offline resumes with what is theirs today, and reloads', async () => {
  const mover = await h.mintResident({ residenceId: home.id, stairId: null });
  const elsewhere = await h.mintResidence({ cell: '8928308280fffff', commune: '75101' });
  const start = await headNow();
  const secret = await post(author, { audience: 'residence', title: 'Pour la résidence seule' });
  await moveTo(mover, elsewhere.id);
  await post(author, { audience: 'residence', title: 'Encore pour elle seule' });
  await headNow();
  const one = await resumed(mover, start);
  expect(one.frames.map((frame) => frame.type)).toContain('resync');
  expect(one.told(secret)).toEqual([]);
  expect(JSON.stringify(one.frames)).not.toContain('seule');
  one.socket.terminate();
  // and so without any event of it: today's rights are read from the tables
  await h.pool.query('update residents set residence_id = $1 where id = $2', [elsewhere.id, mover.id]);
  const quiet = await h.mintResident({ residenceId: home.id, stairId: null });
  const from = await headNow();
  await post(author, { audience: 'residence', title: 'Pour elle seule' });
  await h.pool.query('update residents set residence_id = $1 where id = $2', [elsewhere.id, quiet.id]);
  await headNow();
  const other = await resumed(quiet, from);
  expect(JSON.stringify(other.frames)).not.toContain('seule');
  other.socket.terminate();
});

test('a block made while one side was offline: the other’s posts leave their screen, and none of what followed comes', async () => {
  const [a, b] = [
    await h.mintResident({ residenceId: home.id, stairId: null }),
    await h.mintResident({ residenceId: home.id, stairId: null }),
  ];
  const before = await post(a, { audience: 'residence' });
  const start = await headNow();
  const between = await post(a, { audience: 'residence' });
  await headNow();
  await block(b, a);
  await headNow();
  const after = await post(a, { audience: 'residence' });
  await headNow();
  const one = await resumed(b, start);
  expect([one.told(before), one.told(between), one.told(after)]).toEqual([['closed removed'], ['closed removed'], []]);
  one.socket.terminate();
});

test('a favour’s two sides find it in their replay, its state as it is now', async () => {
  const helper = await h.mintResident({ residenceId: home.id, stairId: null });
  const id = await post(author, { audience: 'residence' });
  const start = await headNow();
  const favourId = await favour(id, author, helper);
  await h.pool.query(`update favours set state = 'done' where id = $1`, [favourId]);
  await headNow();
  for (const [who, heard] of [
    [author, ['done']],
    [helper, ['done']],
    [reader, []],
  ] as const) {
    const one = await resumed(who, start);
    expect(one.events.flatMap((frame) => (frame.type === 'favour.changed' ? [frame.state] : []))).toEqual(heard);
    one.socket.terminate();
  }
});

test('events that pour in during a replay come after it, none missing, none twice', async () => {
  const start = await headNow();
  for (let n = 0; n < 700; n += 1) await h.pool.query(`insert into outbox (kind, change) values ('audit', 'filler')`);
  const early: string[] = [];
  for (let n = 0; n < 30; n += 1) early.push(await post(author, { audience: 'residence' }));
  await headNow();
  let isPouring = true;
  const late: string[] = [];
  const pouring = (async () => {
    while (isPouring && late.length < 200) late.push(await post(author, { audience: 'residence' }));
  })();
  const readers = await Promise.all(Array.from({ length: 12 }, () => h.read(reader, `?after=${start}`)));
  await until(() => readers.every((one) => one.events.length >= 30), 'the replays', 10_000);
  isPouring = false;
  await pouring;
  await headNow();
  for (const one of readers) {
    await until(() => one.events.length >= 30 + late.length, 'the end', 5_000);
    expect(one.events.map((frame) => (frame.type === 'post.opened' ? frame.post.id : frame.type))).toEqual([
      ...early,
      ...late,
    ]);
    expect(one.events.map(({ after }) => after)).toEqual([start, ...one.events.slice(0, -1).map(({ seq }) => seq)]);
    one.socket.terminate();
  }
});
