import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A SOCKS5 proxy between one browser context and the server, so that this reader alone loses the network. */
export type ChaosProxy = {
  /** What Playwright's `proxy.server` takes. */
  url: string;
  /** Resets every connection and refuses new ones until `heal`. */
  cut: () => void;
  /** Keeps connections open and forwards nothing, as a half-open network does. */
  stall: () => void;
  heal: () => void;
  /** Connections opened towards the server since the start. */
  opened: () => number;
  close: () => Promise<void>;
};

const granted = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

/** The destination of a SOCKS5 CONNECT, or null for anything else (RFC 1928, 4). */
const destinationOf = (request: Buffer): { host: string; port: number } | null => {
  if (request[0] !== 5 || request[1] !== 1) return null;
  if (request[3] === 1) return { host: request.subarray(4, 8).join('.'), port: request.readUInt16BE(8) };
  if (request[3] !== 3) return null;
  const end = 5 + (request[4] ?? 0);
  return { host: request.subarray(5, end).toString(), port: request.readUInt16BE(end) };
};

const read = async (socket: Socket): Promise<Buffer> => {
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk;
};

/** Opens the proxy on a free port of the loopback; `latencyMs` is added to each chunk, both ways. */
export const openChaosProxy = async ({ latencyMs = 0 } = {}): Promise<ChaosProxy> => {
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'stalled' = 'open';
  let opened = 0;
  const hold = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const forward = (from: Socket, to: Socket): void => {
    from.on('data', (chunk: Buffer) => {
      if (latencyMs === 0) to.write(chunk);
      else setTimeout(() => to.writable && to.write(chunk), latencyMs);
    });
    from.once('end', () => setTimeout(() => to.end(), latencyMs));
    from.once('close', () => setTimeout(() => to.destroy(), latencyMs + 50));
    if (state === 'stalled') from.pause();
  };
  const serve = async (client: Socket): Promise<void> => {
    hold(client);
    if (state === 'cut') return void client.resetAndDestroy();
    await read(client); // the methods on offer: ours asks for none
    client.write(Buffer.from([5, 0]));
    const destination = destinationOf(await read(client));
    if (!destination) return void client.destroy();
    const server = connect({ ...destination, autoSelectFamily: true, noDelay: true });
    hold(server);
    await once(server, 'connect');
    opened++;
    client.write(granted);
    forward(client, server);
    forward(server, client);
  };
  const listener = createServer({ noDelay: true }, (client) => {
    serve(client).catch(() => client.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    url: `socks5://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    cut: () => {
      state = 'cut';
      for (const socket of sockets) socket.resetAndDestroy();
    },
    stall: () => {
      state = 'stalled';
      for (const socket of sockets) socket.pause();
    },
    heal: () => {
      state = 'open';
      for (const socket of sockets) socket.resume();
    },
    opened: () => opened,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
};
