import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One thing that the broker says: a line, with its payload when it is a message. */
const frameLength = (bytes: Buffer): number => {
  const end = bytes.indexOf('\r\n');
  if (end < 0) return 0;
  const line = bytes.toString('latin1', 0, end);
  if (!/^H?MSG /.test(line)) return end + 2;
  const whole = end + 2 + Number(line.split(' ').at(-1)) + 2;
  return bytes.length >= whole ? whole : 0;
};

/**
 * Stands between a process and its broker: of the messages on their way to the process one in three is lost and one in three late by up to a second; all else goes through. Speaks NATS's own
 * text protocol, so that the client library notices nothing.
 */
export const openBrokerRelay = async (brokerPort: number, random: () => number) => {
  const sockets = new Set<Socket>();
  let [lost, late] = [0, 0];
  const pass = (bytes: Buffer, to: Socket): void => {
    const chance = /^H?MSG /.test(bytes.toString('latin1', 0, 5)) ? random() : 1;
    if (chance < 1 / 3) lost += 1;
    else if (chance < 2 / 3) {
      late += 1;
      setTimeout(() => to.writable && to.write(bytes), random() * 1_000).unref();
    } else to.write(bytes);
  };
  const listener = createServer({ noDelay: true }, (process) => {
    const broker = connect({ host: '127.0.0.1', port: brokerPort, noDelay: true });
    const ends = [process, broker] as const;
    for (const [at, socket] of ends.entries()) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        sockets.delete(socket);
        ends[1 - at]?.destroy();
      });
    }
    process.pipe(broker, { end: false });
    let held: Buffer = Buffer.alloc(0);
    broker.on('data', (part) => {
      held = Buffer.concat([held, part]);
      for (let length = frameLength(held); length > 0; length = frameLength(held)) {
        pass(held.subarray(0, length), process);
        held = held.subarray(length);
      }
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    url: `nats://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    /** How many messages never arrived, and how many did so late. */
    spoilt: () => ({ lost, late }),
    close: (): void => {
      for (const socket of sockets) socket.destroy();
      listener.close();
    },
  };
};
