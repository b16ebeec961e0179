import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A bare TCP connection, upgraded by hand: what follows is whatever the test writes. Resolves with the status line. */
export const upgradeByHand = async (
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<{ socket: Socket; status: number }> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const lines = [
    `GET ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [first] = (await once(socket, 'data')) as [Buffer];
  return { socket, status: Number(first.toString('latin1').split(' ', 2)[1]) };
};

type Frame = { opcode: number; payload?: Buffer; fin?: boolean; masked?: boolean; rsv?: number; length?: number };

/** The bytes of one WebSocket frame of a client, with whatever is wrong with it. */
export const frameBytes = ({
  opcode,
  payload = Buffer.alloc(0),
  fin = true,
  masked = true,
  rsv = 0,
  length = payload.length,
}: Frame): Buffer => {
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode];
  const mask = masked ? 0x80 : 0;
  if (length < 126) head.push(mask | length);
  else if (length < 65_536) head.push(mask | 126, length >> 8, length & 255);
  else head.push(mask | 127, ...Buffer.from(BigInt(length).toString(16).padStart(16, '0'), 'hex'));
  const key = masked ? randomBytes(4) : Buffer.alloc(0);
  const body = masked ? payload.map((byte, n) => byte ^ (key[n % 4] ?? 0)) : payload;
  return Buffer.concat([Buffer.from(head), key, body]);
};
