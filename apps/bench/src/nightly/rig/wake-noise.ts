import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * An unkind broker: whatever is said on Palier's subjects is said again, late, twice, out of order or as nonsense. Speaks NATS's own text protocol, so that no library smooths it.
 * Resolves with how to end it.
 */
export const makeWakeNoise = async (port: number, random: () => number): Promise<() => void> => {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  socket.write('CONNECT {"verbose":false,"pedantic":false,"echo":false,"name":"noise"}\r\nSUB palier.> 1\r\n');
  const say = (subject: string, text: string): void => {
    if (socket.writable) socket.write(`PUB ${subject} ${Buffer.byteLength(text)}\r\n${text}\r\n`);
  };
  const nonsense = ['', '0', '-1', '999999999999999999999', 'NaN', 'wake up', '{"seq":1}'];
  let subject = '';
  createInterface(socket).on('line', (line) => {
    if (line === 'PING') socket.write('PONG\r\n');
    else if (line.startsWith('MSG ')) subject = line.split(' ')[1] ?? '';
    else if (subject !== '' && /^\d+$/.test(line)) {
      const heard = subject;
      for (let times = Math.floor(random() * 3); times > 0; times -= 1)
        setTimeout(() => say(heard, line), random() * 3_000);
      say(heard, nonsense[Math.floor(random() * nonsense.length)] ?? '');
    }
  });
  return () => socket.destroy();
};
