import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on the loopback that can hold everything back without a word, as a half-open network does. */
export const openChaos = async (targetPort: number) => {
  const sockets = new Set<Socket>();
  let isStalled = false;
  const hold = (socket: Socket, other: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      sockets.delete(socket);
      if (!isStalled) other.destroy(); // while stalled, not even a close goes through
    });
  };
  const listener = createServer({ noDelay: true }, (client) => {
    const server = connect({ host: '127.0.0.1', port: targetPort, noDelay: true });
    hold(client, server);
    hold(server, client);
    client.pipe(server, { end: false });
    server.pipe(client, { end: false });
    if (isStalled) for (const socket of [client, server]) socket.pause();
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    stall: (): void => {
      isStalled = true;
      for (const socket of sockets) socket.pause();
    },
    heal: (): void => {
      isStalled = false;
      for (const socket of sockets) socket.destroy(); // what was held back is long forgotten by the network
    },
    close: (): void => {
      for (const socket of sockets) socket.destroy();
      listener.close();
    },
  };
};
