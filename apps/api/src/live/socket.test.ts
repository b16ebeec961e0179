import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { factsOf } from '../../test/live-facts.ts';
import { openLiveHarness, until } from '../../test/live-harness.ts';
import { frameBytes, upgradeByHand } from '../../test/raw-socket.ts';

const h = await openLiveHarness({ RATE_LIMITS: 'on' });
const { post } = factsOf(h);
const ours = h.env.origin.origin;
const home = await h.mintResidence();
const someone = () => h.mintResident({ residenceId: home.id, stairId: null });
const witness = await someone();
const author = await someone();

test('an upgrade without our own origin or without a session is refused before any socket exists', async () => {
  const { cookie } = await someone();
  const before = h.hub.sockets();
  const foreign = [
    'https://evil.test',
    'null',
    `${ours}.evil.test`,
    'http://localhost:30000',
    'http://localhost',
    'https://localhost:3000',
    'http://127.0.0.1:3000',
    'http://sub.localhost:3000',
    'http://localhost:3000/',
    'HTTP://LOCALHOST:3000',
    'file://',
    '',
  ];
  for (const origin of foreign) expect([origin, await h.statusOf({ cookie, origin })]).toEqual([origin, 403]);
  for (const site of [{}, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])
    expect(await h.statusOf({ cookie, ...site } as Record<string, string>)).toBe(403);
  expect(await h.statusOf({ cookie, origin: ours, 'sec-fetch-site': 'cross-site' })).toBe(403);
  for (const bad of ['', 'palier_session=x', `palier_session=${'a'.repeat(43)}`, `palier_session=${'\\0'.repeat(20)}`])
    expect([bad, await h.statusOf({ origin: ours, ...(bad && { cookie: bad }) })]).toEqual([bad, 401]);
  expect(h.hub.sockets()).toBe(before);
  expect(await h.statusOf({ cookie, origin: ours })).toBe(101);
});

test('the plugin alone would let every origin in: this is what the gate is for', async () => {
  const naive = await startNaive();
  const { status } = await upgradeByHand(naive.port, '/live', { origin: 'https://evil.test' });
  expect(status).toBe(101);
  naive.child.kill('SIGKILL');
});

test('an upgrade elsewhere is an ordinary call, and a call here without an upgrade is a 404', async () => {
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const call = request(
      {
        port: h.port,
        path: '/api/health',
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-key': 'x',
          'sec-websocket-version': '13',
        },
      },
      (response) => resolve(response.resume().statusCode),
    );
    call.on('error', reject).end();
  });
  expect(answer).toBe(200);
  expect((await h.call('GET', '/live', { as: witness })).status).toBe(404);
});

test('the subprotocol is ours or none', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${h.port}/api/live`, ['other', 'palier.live.v1'], {
    headers: { cookie: (await someone()).cookie, origin: ours },
  });
  await once(socket, 'open');
  expect(socket.protocol).toBe('palier.live.v1');
  socket.terminate();
});

test('one session holds five sockets and one account ten; a sixth is refused before it exists', async () => {
  const one = await someone();
  const open = await Promise.all(Array.from({ length: 5 }, () => h.read(one)));
  expect(await h.statusOf({ cookie: one.cookie, origin: ours })).toBe(429);
  const other = { cookie: `${h.app.sessions.cookieName}=${await h.app.sessions.create(one.accountId, new Date())}` };
  open.push(...(await Promise.all(Array.from({ length: 5 }, () => h.read(other)))));
  const third = { cookie: `${h.app.sessions.cookieName}=${await h.app.sessions.create(one.accountId, new Date())}` };
  expect(await h.statusOf({ cookie: third.cookie, origin: ours })).toBe(429);
  for (const reader of open) reader.socket.terminate();
  await until(async () => (await h.statusOf({ cookie: third.cookie, origin: ours })) === 101, 'room again');
});

test('a hundred frames a minute are heard, the next closes the socket', async () => {
  const reader = await h.read(await someone());
  for (let n = 0; n < 100; n += 1) reader.send({ type: 'ping' });
  await until(() => reader.frames.filter((frame) => frame.type === 'tick').length === 100, 'a hundred answers');
  reader.send({ type: 'ping' });
  await reader.whenClosed();
  expect(reader.closed).toEqual({ code: 1008, reason: 'too many frames' });
});

test('whatever is no frame of ours closes its own socket and nothing else', async () => {
  const other = await h.read(witness);
  const wrong = [
    '',
    'x',
    '{',
    'null',
    '[]',
    '1',
    '"resume"',
    '{}',
    '{"type":"resume"}',
    '{"type":"resume","after":"1"}',
    '{"type":"ping","more":1}',
    '{"type":"unknown"}',
    '{"type":"interest"}',
    '{"type":"interest","within":0,"categories":null}',
    '{"type":"interest","within":null,"categories":["weapons"]}',
    '{"__proto__":{"type":"ping"}}',
    `${'['.repeat(2000)}${']'.repeat(2000)}`,
    '\ud800',
  ];
  const one = await someone();
  for (const text of wrong) {
    const reader = await h.read(one);
    reader.send(text);
    await reader.whenClosed();
    expect([text, reader.closed?.code]).toEqual([text, 1008]);
  }
  const binary = await h.read(one);
  binary.socket.send(Buffer.from('{"type":"ping"}'), { binary: true });
  await binary.whenClosed();
  expect(binary.closed?.code).toBe(1008);
  const long = await h.read(one);
  long.send(`{"type":"ping","x":"${'x'.repeat(4096)}"}`);
  await long.whenClosed();
  expect(long.closed?.code).toBe(1009);
  await expectAlive(other);
});

test('bytes that are no WebSocket at all end their own connection and nothing else', async () => {
  const other = await h.read(witness);
  const { cookie } = await someone();
  const garbage: Buffer[] = [
    frameBytes({ opcode: 1, payload: Buffer.from('{"type":"ping"}'), masked: false }),
    frameBytes({ opcode: 1, payload: Buffer.from('x'), rsv: 1 }),
    frameBytes({ opcode: 1, payload: Buffer.from('x'), rsv: 7 }),
    frameBytes({ opcode: 3, payload: Buffer.from('x') }),
    frameBytes({ opcode: 15 }),
    frameBytes({ opcode: 0, payload: Buffer.from('lone') }),
    frameBytes({ opcode: 9, payload: Buffer.alloc(126) }),
    frameBytes({ opcode: 9, fin: false }),
    frameBytes({ opcode: 1, payload: Buffer.from([0xff, 0xfe, 0xc0, 0x80]) }),
    frameBytes({ opcode: 8, payload: Buffer.from([0x03, 0xe7]) }), // 999
    frameBytes({ opcode: 8, payload: Buffer.from([0x03]) }),
    frameBytes({ opcode: 1, length: 2 ** 40 }),
    frameBytes({ opcode: 1, length: 1_000_000, payload: Buffer.alloc(4096) }),
    Buffer.concat(
      Array.from({ length: 6_000 }, (_, n) =>
        frameBytes({ opcode: n === 0 ? 1 : 0, fin: false, payload: Buffer.from('[') }),
      ),
    ),
    Buffer.from(Array.from({ length: 2_000 }, (_, n) => (n * 7919) % 256)),
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
  ];
  for (const [n, bytes] of garbage.entries()) {
    const { socket, status } = await upgradeByHand(h.port, '/api/live', {
      cookie,
      origin: ours,
      'sec-websocket-protocol': 'palier.live.v1',
    });
    expect([n, status]).toEqual([n, 101]);
    socket.write(bytes);
    socket.resume();
    socket.on('end', () => socket.destroy());
    await until(() => socket.destroyed, `the end of connection ${n}`, 6_000);
  }
  await until(() => h.hub.sockets() === 1, 'only the witness left');
  await expectAlive(other);
}, 30_000);

/** A reader that still hears what happens. */
const expectAlive = async (reader: Awaited<ReturnType<typeof h.read>>): Promise<void> => {
  const id = await post(author, { audience: 'residence' });
  await until(() => reader.told(id).length === 1, 'life going on');
  expect(reader.closed).toBeNull();
  reader.socket.terminate();
};

test('the handler of the tutorials dies of the first of them', async () => {
  const { child, port } = await startNaive();
  const { socket } = await upgradeByHand(port, '/live', {});
  socket.write(frameBytes({ opcode: 1, payload: Buffer.from('{') }));
  const [code] = await once(child, 'exit');
  expect(code).not.toBe(0);
  socket.destroy();
});

const startNaive = async () => {
  const child = spawn(process.execPath, [new URL('../../test/programs/naive-live.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: (JSON.parse(String(line)) as { port: number }).port };
};
