import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { closing, inOneWrite, Reader, unsentMax } from './reader.ts';

/** A reader over the other end of a socket, and what was done to it: texts written, and its close. */
const openReader = () => {
  const done: string[] = [];
  const socket = { bufferedAmount: 0, readyState: 1, OPEN: 1, close: (code: number) => done.push(`close ${code}`) };
  const wire = { write: (bytes: Buffer) => done.push(bytes.length > 100 ? `${bytes.length} bytes` : bytes.toString()) };
  const who = { accountId: 'account', sessionHash: '', viewer: null };
  return { reader: new Reader(socket as unknown as WebSocket, wire as unknown as Socket, who, 0), done };
};
const write = (reader: Reader, text: string): void => reader.write(Buffer.from(text));

test('what a batch writes to one reader leaves in one write and in order; between batches each leaves by itself', () => {
  const [one, other] = [openReader(), openReader()];
  inOneWrite(() => {
    write(one.reader, 'a');
    write(other.reader, 'x');
    write(one.reader, 'b');
    write(one.reader, 'c');
    expect(one.done).toEqual([]);
  });
  expect(one.done).toEqual(['abc']);
  expect(other.done).toEqual(['x']);
  write(one.reader, 'd');
  inOneWrite(() => write(one.reader, 'e'));
  expect(one.done).toEqual(['abc', 'd', 'e']);
});

test('whoever is closed within a batch had what came before it, and nothing after; the others lose nothing', () => {
  const [one, other] = [openReader(), openReader()];
  inOneWrite(() => {
    write(one.reader, 'a');
    one.reader.close(closing.ended, 'role ended');
    write(one.reader, 'b');
    write(other.reader, 'x');
  });
  expect(one.done).toEqual(['a', `close ${closing.ended}`]);
  expect(other.done).toEqual(['x']);
});

test('a batch that fails halfway was told to whoever it reached', () => {
  const { reader, done } = openReader();
  const failing = () =>
    inOneWrite(() => {
      write(reader, 'a');
      throw new Error('halfway');
    });
  expect(failing).toThrow('halfway');
  write(reader, 'b');
  expect(done).toEqual(['a', 'b']);
});

test('what a batch holds back counts among what waits for a reader', () => {
  const { reader, done } = openReader();
  const half = Buffer.alloc(unsentMax / 2);
  inOneWrite(() => {
    reader.write(half);
    reader.write(half);
    reader.write(Buffer.from('a'));
  });
  expect(done).toEqual([`${unsentMax} bytes`, `close ${closing.slow}`]);
});
