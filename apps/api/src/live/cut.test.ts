import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { factsOf } from '../../test/live-facts.ts';
import { openLiveHarness, TestReader, until } from '../../test/live-harness.ts';

const h = await openLiveHarness();
const { post } = factsOf(h);
const home = await h.mintResidence();
const author = await h.mintResident({ residenceId: home.id, stairId: null });
const reader = await h.mintResident({ residenceId: home.id, stairId: null });
const headNow = async () => {
  await h.settled();
  return h.hub.head();
};
/** Resumes and hears everything up to the head: a tick comes only after it. */
const resumed = async (after: number) => {
  const one = await h.read(reader, `?after=${after}`);
  await until(() => {
    one.send({ type: 'ping' });
    return one.frames.some((frame) => frame.type === 'tick' || frame.type === 'resync');
  }, 'the end of the replay');
  return one;
};

test('cut in the first byte, the middle and the last byte of each of twenty frames and resumed, a reader hears each event once and in order', async () => {
  const start = await headNow();
  for (let n = 0; n < 20; n += 1) await post(author, { audience: 'residence', title: `Événement ${n}` });
  await headNow();
  const whole = await resumed(start);
  const wanted = whole.events.map(({ seq }) => seq);
  expect(wanted).toHaveLength(20);
  const heldAt: number[] = [];
  let total = 0;
  const lengths: number[] = [];
  for (let budget = 0; total === 0 || budget < total; ) {
    const { bytes, held, frames } = await readUntilCut(start, budget === 0 ? Number.POSITIVE_INFINITY : budget);
    if (budget === 0) {
      total = bytes;
      lengths.push(...frames);
    } else {
      const rest = await resumed(held);
      expect(rest.frames.filter((frame) => frame.type === 'resync')).toEqual([]);
      expect(rest.events[0]?.after ?? held).toBe(held);
      expect([...wanted.filter((seq) => seq <= held), ...rest.events.map(({ seq }) => seq)]).toEqual(wanted);
      heldAt.push(held);
      rest.socket.terminate();
    }
    budget = nextCut(budget, lengths, total);
  }
  expect(new Set(heldAt).size).toBe(20);
  whole.socket.terminate();
}, 40_000);

/** The next offset at which to cut: first byte, middle and last byte of each frame. */
const nextCut = (budget: number, frames: readonly number[], total: number): number => {
  let at = total - frames.reduce((sum, length) => sum + length, 0);
  const cuts = frames.flatMap((length) => {
    const from = at;
    at += length;
    return [from + 1, from + Math.floor(length / 2), from + length - 1];
  });
  return cuts.find((cut) => cut > budget) ?? total;
};

/** Reads through a proxy that cuts after `budget` bytes of what the server sends; answers the last event wholly heard, and how long each message was on the wire. */
const readUntilCut = async (after: number, budget: number) => {
  let bytes = 0;
  const sockets: Socket[] = [];
  const proxy = createServer((client) => {
    const server = dial(h.port, '127.0.0.1');
    sockets.push(client, server);
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.pipe(server);
    server.on('data', (chunk) => {
      const allowed = chunk.subarray(0, Math.max(0, budget - bytes));
      bytes += allowed.length;
      client.write(allowed);
      if (allowed.length < chunk.length) client.destroy();
    });
    client.on('close', () => server.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live?after=${after}`, 'palier.live.v1', {
    headers: { cookie: reader.cookie, origin: h.env.origin.origin },
  });
  const frames: number[] = [];
  socket.on('message', (data: Buffer) => frames.push(data.length + (data.length > 125 ? 4 : 2)));
  const one = new TestReader(socket);
  await until(() => one.closed !== null || one.events.length === 20, 'the cut or the end', 10_000);
  const held = one.events.at(-1)?.seq ?? after;
  socket.terminate();
  for (const each of sockets) each.destroy();
  proxy.close();
  return { bytes, held, frames: frames.slice(1) };
};
