import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EventFrame, ServerFrame } from '@palier/domain/live';
import { afterAll } from 'vitest';
import { WebSocket } from 'ws';
import type { Deps } from '../src/context.ts';
import {
  createDoorbell,
  createHub,
  type Hub,
  type HubOptions,
  type Sequencer,
  startBus,
  startSequencer,
  tailSigner,
} from '../src/live/index.ts';
import { brokerOf } from '../src/process/broker.ts';
import { openPresence, type Presence } from '../src/process/presence.ts';
import { openHarness } from './harness.ts';

/** Waits, at most `ms`, until something holds; looks every few ms. */
export const until = async (holds: () => boolean | Promise<boolean>, what: string, ms = 5_000): Promise<void> => {
  for (const end = performance.now() + ms; !(await holds()); await sleep(3)) {
    if (performance.now() > end) throw new Error(`never seen: ${what}`);
  }
};

/** A reader of ours: what it heard, and how it was closed. Every frame is parsed with the contract's schema. */
export class TestReader {
  readonly socket: WebSocket;
  readonly frames: ServerFrame[] = [];
  closed: { code: number; reason: string } | null = null;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.frames.push(ServerFrame.parse(JSON.parse(String(data)))));
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    socket.on('error', () => undefined);
  }

  get events(): EventFrame[] {
    return this.frames.filter((frame): frame is EventFrame => 'after' in frame);
  }

  /** The last event heard. */
  get held(): number | undefined {
    const last = this.frames.findLast((frame): frame is EventFrame => 'after' in frame);
    return last?.seq;
  }

  /** The frames of one post, by type; `post.closed` with its state. */
  told(postId: string): string[] {
    return this.events.flatMap((frame) =>
      frame.type === 'post.closed' && frame.postId === postId
        ? [`closed ${frame.state}`]
        : (frame.type === 'post.opened' || frame.type === 'post.changed') && frame.post.id === postId
          ? [frame.type.slice(5)]
          : [],
    );
  }

  heard(type: ServerFrame['type'], ms = 5_000): Promise<void> {
    return until(() => this.frames.some((frame) => frame.type === type), type, ms);
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  whenClosed(ms = 5_000): Promise<void> {
    return until(() => this.closed !== null, 'the close', ms);
  }
}

/** The assembled app with hub, bus and sequencer, listening on a port of its own: real sockets over a real database. */
export const openLiveHarness = async (
  settings: Record<string, string> = {},
  timing: HubOptions['timing'] = {},
  {
    hasSequencer = true,
    parts = {},
    isAlone = false,
    knowsOthers = false,
  }: {
    hasSequencer?: boolean;
    parts?: Partial<Deps>;
    isAlone?: boolean;
    /** Whether it counts as a process among those of its database. */
    knowsOthers?: boolean;
  } = {},
) => {
  const doorbell = createDoorbell();
  let hub: Hub | undefined;
  let presence: Presence | undefined;
  const h = await openHarness(
    settings,
    { doorbell, readiness: readinessOf(() => hub), ...parts },
    async (deps) => {
      if (knowsOthers) presence = await openPresence(deps.db, deps.log);
      hub = createHub({ ...deps, hasRateLimits: deps.env.hasRateLimits, timing, presence });
      return hub;
    },
    isAlone,
  );
  if (!hub) throw new Error('the harness opens its hub');
  const open = hub;
  let sequencer: Sequencer | null = null;
  const nats = await brokerOf(h.env, h.db);
  const isHolder = () => sequencer?.isHolder() ?? false;
  const bus = startBus({ url: h.appUrl, hub: open, log: h.deps.log, isHolder, nats });
  sequencer = hasSequencer
    ? await startSequencer({
        url: h.appUrl,
        log: h.deps.log,
        doorbell,
        publish: (events) => {
          open.publish(events);
          bus.announce(events);
        },
        signTail: tailSigner({ dataDir: h.dataDir, key: h.deps.keys.audit, clock: h.deps.clock }),
      })
    : null;
  await open.start();
  await h.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = h.app.server.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}/api/live`;
  afterAll(async () => {
    await sequencer?.stop();
    await bus.stop();
    await presence?.stop();
  });

  /** Every committed row has its place, and this process has told them all. */
  const settled = async (): Promise<void> => {
    await until(async () => {
      const { rows } = await h.pool.query<{ waiting: number; head: string }>(
        'select (select count(*)::int from outbox where seq is null) as waiting, seq as head from stream_head',
      );
      return rows[0]?.waiting === 0 && Number(rows[0].head) === open.head();
    }, 'a settled stream');
  };
  const connect = (as: { cookie: string }, query = '', headers: Record<string, string> = {}): TestReader =>
    new TestReader(
      new WebSocket(url + query, 'palier.live.v1', {
        headers: { cookie: as.cookie, origin: h.env.origin.origin, ...headers },
      }),
    );
  /** A reader that has heard `ready`. */
  const read = async (as: { cookie: string }, query = ''): Promise<TestReader> => {
    const reader = connect(as, query);
    await reader.heard('ready');
    return reader;
  };
  /** The status with which an upgrade is refused; 101 when it is not. */
  const statusOf = async (headers: Record<string, string>, query = ''): Promise<number> => {
    const socket = new WebSocket(url + query, 'palier.live.v1', { headers });
    socket.on('error', () => undefined);
    const status = await Promise.race([
      once(socket, 'unexpected-response').then(([, response]) => (response as { statusCode: number }).statusCode),
      once(socket, 'open').then(() => 101),
    ]);
    socket.terminate();
    return status;
  };
  return { ...h, hub: open, bus, presence, sequencer, doorbell, port, settled, connect, read, statusOf };
};
export type LiveHarness = Awaited<ReturnType<typeof openLiveHarness>>;

const readinessOf = (hub: () => Hub | undefined) => ({
  missing: () => hub()?.missing() ?? ['stream'],
  bus: () => 'local' as const,
  sockets: () => hub()?.sockets() ?? 0,
  head: () => hub()?.head() ?? 0,
});
