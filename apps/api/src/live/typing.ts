import type { TypingFrame } from '@palier/domain/live';
import { plainFrame } from './frame-body.ts';
import type { Registry } from './registry.ts';

const everyMs = 2_000;
const rememberedMax = 10_000;

/**
 * Tells those who read in this process that somebody is writing to them: at most every two seconds for one writer in one conversation, to live sockets alone, and kept nowhere.
 * Whoever reads through another process learns it with the message: typing is worth neither a row of the outbox nor a subject of the broker, whose words are places in the stream and name nobody.
 */
export const openTyping = (registry: Registry) => {
  const toldAt = new Map<string, number>();
  const underWay = new Set<Promise<unknown>>();
  const tell = (typing: Omit<TypingFrame, 'type'>, seers: readonly string[]): void => {
    const key = `${typing.residentId} ${typing.conversationId}`;
    const now = performance.now();
    if (now - (toldAt.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) return;
    if (toldAt.size >= rememberedMax) toldAt.clear();
    toldAt.set(key, now);
    const bytes = plainFrame({ type: 'typing', ...typing });
    for (const resident of seers)
      for (const reader of registry.ofResident(resident)) if (reader.state === 'live') reader.write(bytes);
  };
  return {
    /** Asks who may see it, and tells them; rejects as the question does. */
    say: async (typing: Omit<TypingFrame, 'type'>, findSeers: () => Promise<readonly string[]>): Promise<void> => {
      const saying = findSeers().then((seers) => tell(typing, seers));
      underWay.add(saying);
      try {
        await saying;
      } finally {
        underWay.delete(saying);
      }
    },
    /** Resolves once what was being said has been told, or refused. */
    rested: async (): Promise<void> => {
      await Promise.allSettled(underWay);
    },
  };
};
