import { expect, test } from 'vitest';
import { factsOf } from '../../test/live-facts.ts';
import { openLiveHarness, until } from '../../test/live-harness.ts';
import { upgradeByHand } from '../../test/raw-socket.ts';

const ours = 'http://localhost:3000';

/** A house of three: one writes, two read. */
const openHouse = async (timing: Parameters<typeof openLiveHarness>[1] = {}) => {
  const h = await openLiveHarness({}, timing);
  const home = await h.mintResidence();
  const someone = () => h.mintResident({ residenceId: home.id, stairId: null });
  return { h, facts: factsOf(h), someone, author: await someone() };
};

test('a reader that takes nothing is closed at one mebibyte, and everyone else hears as before', async () => {
  const { h, facts, someone, author } = await openHouse();
  const [slow, quick] = [await someone(), await h.read(await someone())];
  const { socket } = await upgradeByHand(h.port, '/api/live', { cookie: slow.cookie, origin: ours });
  socket.pause();
  await until(() => h.hub.sockets() === 2, 'both');
  const id = await facts.post(author, { audience: 'residence', details: 'É'.repeat(2000), title: 'é'.repeat(120) });
  const before = process.memoryUsage().rss;
  // beyond what the system's own buffers swallow, it waits in ours; less at a time than one turn of this process may leave unsent to whoever reads
  for (let n = 0; h.hub.sockets() === 2 && n < 200; n += 1) {
    await h.pool.query(
      `insert into outbox (kind, change, post_id) select 'post', 'changed', $1 from generate_series(1, 200)`,
      [id],
    );
    await h.settled();
    await until(() => quick.held === h.hub.head(), 'read so far');
  }
  await until(() => h.hub.sockets() === 1, 'the slow one gone');
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1_048_576);
  expect(quick.closed).toBeNull();
  await until(() => quick.held === h.hub.head(), 'all of it, read');
  const { events } = quick;
  expect(events.slice(1).map(({ after }) => after)).toEqual(events.slice(0, -1).map(({ seq }) => seq));
  quick.socket.terminate();
  socket.destroy();
}, 40_000);

test('a reader too slow for its own replay is fed as it takes, and loses nothing', async () => {
  const { h, facts, someone, author } = await openHouse();
  await h.settled();
  const start = h.hub.head();
  const id = await facts.post(author, { audience: 'residence', details: 'É'.repeat(2000) });
  await h.pool.query(
    `insert into outbox (kind, change, post_id) select 'post', 'changed', $1 from generate_series(1, 6000)`,
    [id],
  );
  await h.settled();
  const reader = await h.read(await someone(), `?after=${start}`);
  reader.socket.pause();
  const quick = await h.read(await someone(), `?after=${start}`);
  await until(() => quick.frames.length === 6002, 'all of it by one who reads', 15_000);
  expect(reader.events).toEqual([]);
  quick.socket.terminate();
  reader.socket.resume();
  await until(() => reader.frames.length === 6002, 'all of it', 15_000);
  expect(reader.closed).toBeNull();
  reader.socket.terminate();
}, 30_000);

test('a connection that went silent is gone within two heartbeats, one that only reads stays', async () => {
  const { h, someone } = await openHouse({ beatMs: 200 });
  const lively = await h.read(await someone());
  const { socket } = await upgradeByHand(h.port, '/api/live', { cookie: (await someone()).cookie, origin: ours });
  socket.resume();
  await until(() => h.hub.sockets() === 2, 'both');
  await until(() => h.hub.sockets() === 1, 'the silent one gone', 2_000);
  await until(() => lively.frames.filter((frame) => frame.type === 'tick').length > 5, 'ticks', 3_000);
  expect(lively.closed).toBeNull();
  lively.socket.terminate();
  socket.destroy();
});

test('signing out closes the sockets of that session and of no other', async () => {
  const { h, someone } = await openHouse({ recheckMs: 60_000 });
  const who = await someone();
  const other = { cookie: `${h.app.sessions.cookieName}=${await h.app.sessions.create(who.accountId, new Date())}` };
  const [mine, kept] = [await h.read(who), await h.read(other)];
  expect((await h.call('DELETE', '/session', { as: who })).status).toBe(204);
  await mine.whenClosed();
  expect(mine.closed?.code).toBe(4001);
  expect(await h.statusOf({ cookie: who.cookie, origin: ours })).toBe(401);
  expect(kept.closed).toBeNull();
  kept.socket.terminate();
});

test('a session that ended by any other way, or ran out, closes its sockets within five seconds', async () => {
  const { h, someone } = await openHouse();
  const [gone, expired] = [await someone(), await someone()];
  const readers = [await h.read(gone), await h.read(expired)];
  const at = performance.now();
  await h.pool.query('delete from sessions where account_id = $1', [gone.accountId]);
  await h.pool.query(`update sessions set expires_at = now() - interval '1 s' where account_id = $1`, [
    expired.accountId,
  ]);
  for (const reader of readers) await reader.whenClosed();
  expect(performance.now() - at).toBeLessThan(5_000);
  expect(readers.map((reader) => reader.closed?.code)).toEqual([4001, 4001]);
}, 15_000);

test('whoever moves out reads on from where they live now, and is told to reload', async () => {
  const { h, facts, someone, author } = await openHouse({ recheckMs: 60_000 });
  const mover = await someone();
  const away = await h.mintResidence({ cell: '8928308280fffff', commune: '75101' });
  const neighbour = await h.mintResident({ residenceId: away.id, stairId: null });
  const reader = await h.read(mover);
  const before = await facts.post(author, { audience: 'residence' });
  await until(() => reader.told(before).length === 1, 'home');
  await facts.moveTo(mover, away.id);
  await reader.heard('resync');
  const [old, fresh] = [
    await facts.post(author, { audience: 'residence' }),
    await facts.post(neighbour, { audience: 'residence' }),
  ];
  await until(() => reader.told(fresh).length === 1, 'the new home');
  expect(reader.told(old)).toEqual([]);
  const resync = reader.frames.find((frame) => frame.type === 'resync');
  expect(reader.events.at(-1)?.after).toBe(resync?.seq);
  reader.socket.terminate();
});

test('nothing committed after a block was acknowledged reaches the other side, and what was on screen leaves', async () => {
  const { h, facts, someone } = await openHouse();
  for (let round = 0; round < 8; round += 1) {
    const [a, b] = [await someone(), await someone()];
    const [ofA, ofB] = [await h.read(a), await h.read(b)];
    const early = [
      await facts.post(a, { audience: 'residence' }),
      await facts.post(b, { audience: 'residence' }),
    ] as const;
    let isPosting = true;
    let isBlocked = false;
    const afterBlock: string[] = [];
    const posting = (async () => {
      while (isPosting) {
        const wasBlocked = isBlocked;
        const id = await facts.post(a, { audience: 'residence' });
        await facts.alter(id, 'changed', { title: wasBlocked ? 'Après' : 'Avant' });
        if (wasBlocked) afterBlock.push(id);
      }
    })();
    await facts.block(b, a);
    isBlocked = true;
    await until(() => afterBlock.length > 3, 'posts after the block');
    isPosting = false;
    await posting;
    await h.settled();
    await until(
      () => ofB.told(early[0]).at(-1) === 'closed removed' && ofA.told(early[1]).at(-1) === 'closed removed',
      'both screens cleared',
    );
    for (const id of afterBlock) expect(ofB.told(id)).toEqual([]);
    expect(JSON.stringify(ofB.frames)).not.toContain('Après');
    const onScreen = new Set<string>();
    for (const frame of ofB.events)
      if (frame.type === 'post.closed') onScreen.delete(frame.postId);
      else if ('post' in frame && frame.post.author.id === a.id) onScreen.add(frame.post.id);
    expect([...onScreen]).toEqual([]);
    ofA.socket.terminate();
    ofB.socket.terminate();
  }
}, 30_000);

test('a role taken away closes the sockets of its account', async () => {
  const { h } = await openHouse({ recheckMs: 60_000 });
  const officer = await h.mintAccount();
  const reader = await h.read(officer);
  await h.pool.query(`insert into outbox (kind, change, side_a) values ('rights', 'roles', $1)`, [officer.id]);
  await reader.whenClosed();
  expect(reader.closed?.code).toBe(4001);
});

test('a closing process says 1012 to everyone, and waits for no dead peer', async () => {
  const { h, someone } = await openHouse({ closeMs: 1_000 });
  const readers = await Promise.all(Array.from({ length: 20 }, async () => h.read(await someone())));
  const { socket } = await upgradeByHand(h.port, '/api/live', { cookie: (await someone()).cookie, origin: ours });
  socket.pause();
  await until(() => h.hub.sockets() === 21, 'all of them');
  const at = performance.now();
  await h.app.close();
  expect(performance.now() - at).toBeLessThan(3_500);
  for (const reader of readers) await reader.whenClosed();
  expect(new Set(readers.map((reader) => reader.closed?.code))).toEqual(new Set([1012]));
  expect(h.hub.sockets()).toBe(0);
  socket.destroy();
}, 15_000);
