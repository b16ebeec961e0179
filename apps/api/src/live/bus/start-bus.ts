import type { FastifyBaseLogger } from 'fastify';
import type { StampedEvent } from '../stamped-event.ts';
import { openAnnouncing } from './announce.ts';
import { openListening } from './listen.ts';
import { openNats } from './nats.ts';
import { type Reach, type ReadPlace, subjectsOf } from './subjects.ts';

export type BusMode = 'local' | 'postgres' | 'nats' | 'polling';

/** What the bus asks of the hub of this process: to look again, where the stream is, where its readers are; and to hear and say what processes tell one another beside the stream. */
type WokenHub = {
  wake(upTo?: number): void;
  head(): number;
  places(): Iterable<ReadPlace>;
  hear(text: string): void;
  speakOver(say: (text: string) => void): void;
};

type BusOptions = {
  /** The application's own URL, straight to PostgreSQL: LISTEN does not pass a transaction pooler. */
  url: string;
  log: FastifyBaseLogger;
  /** None in a process without readers, which only announces. */
  hub?: WokenHub;
  /** Whether the sequencer is in this very process, and wakes the hub by itself. */
  isHolder: () => boolean;
  /** The brokers, in place of the sequencer's NOTIFY; `tag` is the same in all processes of a deployment, and in no other's. */
  nats?: { url: string; tag: string; reach: Reach } | undefined;
  /** How often the hub looks by itself, in ms, whatever the wake-ups do. */
  pollMs?: number;
};

export type Bus = {
  mode(): BusMode;
  /** Told what this process stamped. */
  announce(events: readonly StampedEvent[]): void;
  stop(): Promise<void>;
};

/** How soon, in ms, a hub hears the subjects of a place where somebody began to read; until then it hears of the head. */
const followEveryMs = 250;

const everyMs = (ms: number, work: () => unknown): (() => void) => {
  const timer = setInterval(work, ms);
  timer.unref();
  return () => clearInterval(timer);
};

/** Hears how far the stream is: news to whoever does not stamp it. What this process stamps is handed to its hub by itself, and reading it again would be work twice over. */
const wakeOf = ({ hub, isHolder }: BusOptions): ((upTo?: number) => void) => {
  return (upTo) => {
    if (upTo === undefined || !isHolder()) hub?.wake(upTo);
  };
};

const startNats = (options: BusOptions & { nats: NonNullable<BusOptions['nats']> }) => {
  const { log, hub, nats } = options;
  const wake = wakeOf(options);
  const subjects = subjectsOf(nats.tag);
  const wire = openNats({
    url: nats.url,
    log,
    hear: (text, subject) => (subject === subjects.said ? hub?.hear(text) : wake(Number(text))),
    onUp: () => hub?.wake(),
  });
  const announcing = openAnnouncing(wire, subjects);
  let followed = '';
  const follow = async (): Promise<void> => {
    if (!hub) return;
    const wanted = (await subjects.ofPlaces(hub.head(), hub.places(), nats.reach)).add(subjects.said);
    const key = [...wanted].sort().join(' ');
    if (key === followed) return;
    followed = key;
    wire.follow(wanted);
  };
  const followSafely = (): Promise<void> =>
    follow().catch((error: Error) => log.debug({ err: error.message }, 'the places of the readers are not known yet'));
  if (hub) wire.follow(new Set([subjects.head(hub.head()), subjects.said]));
  hub?.speakOver((text) => wire.say(subjects.said, text));
  const endFollowing = hub ? everyMs(followEveryMs, followSafely) : () => undefined;
  return {
    isUp: wire.isUp,
    announce: announcing.announce,
    stop: async () => {
      endFollowing();
      announcing.stop();
      await wire.stop();
    },
  };
};

/**
 * Wakes the hub of this process when another one stamped: by the broker when there is one, else by the sequencer's NOTIFY, and by looking every second in any case. Only ever "look again":
 * after each connection it looks, since what was said in between was said to nobody.
 */
export const startBus = (options: BusOptions): Bus => {
  const { url, log, hub, isHolder, nats, pollMs = 1_000 } = options;
  const broker = nats && startNats({ ...options, nats });
  const listening = hub && !broker ? openListening({ url, log, wake: wakeOf(options), hear: hub.hear }) : undefined;
  if (listening) hub?.speakOver(listening.say);
  const endPolling = hub ? everyMs(pollMs, () => hub.wake()) : () => undefined;
  return {
    mode: () => {
      if (broker) return broker.isUp() ? 'nats' : 'polling';
      if (!hub) return 'postgres'; // it hears nothing, and its NOTIFY is part of what it stamps
      return isHolder() ? 'local' : listening?.isUp() ? 'postgres' : 'polling';
    },
    announce: (events) => broker?.announce(events),
    stop: async () => {
      endPolling();
      await listening?.stop();
      await broker?.stop();
    },
  };
};
