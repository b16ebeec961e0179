import type { TypingFrame } from '@palier/domain/live';
import { plainFrame } from './frame-body.ts';
import type { Registry } from './registry.ts';

const everyMs = 2_000;
const rememberedMax = 10_000;

/**
 * Tells those who read in this process that somebody is writing to them: at most every two seconds for one writer in one conversation, to live sockets alone, and kept nowhere.
 * Whoever reads through another process learns it with the message.
 */
export const openTyping = (registry: Registry) => {
  const toldAt = new Map<string, number>();
  return (typing: Omit<TypingFrame, 'type'>, readers: readonly string[]): void => {
    const key = `${typing.residentId} ${typing.conversationId}`;
    const now = performance.now();
    if (now - (toldAt.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) return;
    if (toldAt.size >= rememberedMax) toldAt.clear();
    toldAt.set(key, now);
    const bytes = plainFrame({ type: 'typing', ...typing });
    for (const resident of readers)
      for (const reader of registry.ofResident(resident)) if (reader.state === 'live') reader.write(bytes);
  };
};
