import type { StampedEvent } from '../stamped-event.ts';
import type { NatsWire } from './nats.ts';
import type { Subjects } from './subjects.ts';

/** Every hub hears of the head at once when the stream was at rest, and at most this often, in ms, while it runs. */
const headEveryMs = 100;

/**
 * Tells the hubs of what was stamped: those whose readers may be told of it at once, batch by batch, by area; every hub of the head at most ten times a second,
 * so that a hub far from where things happen reads the stream in few large pages. What is said is the place in the stream, never what happened.
 */
export const openAnnouncing = (wire: Pick<NatsWire, 'say'>, subjects: Subjects) => {
  let trailing: NodeJS.Timeout | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;
  let last = 0;
  const sayHead = (): void => {
    trailing = undefined;
    saidAt = performance.now();
    wire.say(subjects.head(last), String(last));
  };
  return {
    announce: (events: readonly StampedEvent[]): void => {
      last = events.at(-1)?.seq ?? last;
      for (const subject of subjects.ofEvents(events)) wire.say(subject, String(last));
      if (trailing) return;
      const waitMs = saidAt + headEveryMs - performance.now();
      if (waitMs <= 0) sayHead();
      else trailing = setTimeout(sayHead, waitMs);
    },
    stop: (): void => clearTimeout(trailing),
  };
};
