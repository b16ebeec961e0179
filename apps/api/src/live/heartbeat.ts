import { plainFrame } from './frame-body.ts';
import { closing, type Reader } from './reader.ts';
import type { Registry } from './registry.ts';

export type HeartbeatTiming = { beatMs: number; stallMs: number };

/**
 * Proof of life for every socket, spread evenly over the period: a `ping` and a `tick { head }` once everything up to `head` was sent. Who has not answered the ping before is gone, so that
 * a half-open socket lasts less than two periods; who takes none of what waits for them for 30 s is closed with 4008.
 */
export const startHeartbeat = (
  registry: Registry,
  head: () => number,
  { beatMs, stallMs }: HeartbeatTiming,
): (() => void) => {
  const slots = Math.min(25, Math.max(1, Math.round(beatMs / 100)));
  let turn = 0;
  const beat = (reader: Reader, bytes: Buffer): void => {
    if (reader.state === 'gone') return;
    if (reader.awaitsPong && !hasMoved(reader)) {
      reader.leave();
      reader.socket.terminate();
      return;
    }
    reader.awaitsPong = true;
    reader.socket.ping();
    if (reader.state === 'live') reader.write(bytes);
  };
  const timer = setInterval(() => {
    turn = (turn + 1) % slots;
    const bytes = plainFrame({ type: 'tick', head: head() });
    for (const reader of registry.all) {
      closeIfStalled(reader, stallMs);
      if (reader.slot % slots === turn) beat(reader, bytes);
    }
  }, beatMs / slots);
  timer.unref();
  return () => clearInterval(timer);
};

const hasMoved = (reader: Reader): boolean => reader.sent - reader.socket.bufferedAmount > reader.flushed;

const closeIfStalled = (reader: Reader, stallMs: number): void => {
  const { bufferedAmount } = reader.socket;
  if (reader.state === 'gone') return;
  const now = performance.now();
  if (bufferedAmount === 0 || hasMoved(reader) || reader.flushedAt === 0) {
    reader.flushed = reader.sent - bufferedAmount;
    reader.flushedAt = now;
  } else if (now - reader.flushedAt > stallMs) reader.close(closing.slow, 'nothing is taken');
};
