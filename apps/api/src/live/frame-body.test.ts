import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { FrameBody, plainFrame } from './frame-body.ts';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
const wire = new Promise<Socket>((resolve) => server.once('connection', (_, request) => resolve(request.socket)));
await once(server, 'listening');
const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
afterAll(() => {
  client.terminate();
  server.close();
});

const payloadOf = (frame: Buffer): number => frame.length - (frame.length < 128 ? 2 : frame.length < 65_540 ? 4 : 10);

test('frames of every length are read by a client as they were written, whatever letters they hold', async () => {
  const peer = await wire;
  const lengths = [2, 80, 124, 125, 126, 127, 500, 65_534, 65_535, 65_536, 70_000];
  for (const letter of ['a', 'é', '…', '🙂']) {
    for (const wanted of lengths) {
      const empty = JSON.stringify({ type: 'post.closed', after: 7, seq: 9, postId: '', state: 'done' }).length;
      const postId = letter.repeat(Math.max(0, Math.floor((wanted - empty) / Buffer.byteLength(letter))));
      const body = new FrameBody({ type: 'post.closed', seq: 9, postId, state: 'done' });
      peer.write(body.bytes(7));
      const [data] = (await once(client, 'message')) as [Buffer];
      expect(JSON.parse(data.toString())).toEqual({ type: 'post.closed', after: 7, seq: 9, postId, state: 'done' });
      expect(payloadOf(body.bytes(7))).toBe(data.length);
    }
  }
});

test('a frame is made once for all who hold the same place, and anew for another', () => {
  const body = new FrameBody({ type: 'case.changed', seq: 12, caseId: 'c' });
  expect(body.bytes(3)).toBe(body.bytes(3));
  expect(body.bytes(3).subarray(2).toString()).toBe('{"type":"case.changed","after":3,"seq":12,"caseId":"c"}');
  expect(body.bytes(11).subarray(2).toString()).toContain('"after":11');
  expect(plainFrame({ type: 'tick', head: 5 }).toString('latin1')).toBe('\x81\x18{"type":"tick","head":5}');
});
