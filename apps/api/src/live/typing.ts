import type { Typing } from './colleagues.ts';
import { plainFrame } from './frame-body.ts';
import type { Registry } from './registry.ts';

const everyMs = 2_000;
const rememberedMax = 10_000;

type Options = {
  registry: Registry;
  /** Whom a resident who writes in a conversation is seen by, as things are now. */
  listSeers: (typing: Typing) => Promise<readonly string[]>;
  /** Tells the other processes. */
  pass: (typing: Typing, seers: readonly string[]) => void;
};

/**
 * Tells those who read that somebody is writing to them: at most every two seconds for one writer in one conversation, to live sockets alone, and kept nowhere.
 * Those who read through another process are told there, under the rights that are read there.
 */
export const openTyping = ({ registry, listSeers, pass }: Options) => {
  const toldAt = new Map<string, number>();
  const underWay = new Set<Promise<unknown>>();
  const isTooSoon = ({ residentId, conversationId }: Typing): boolean => {
    const key = `${residentId} ${conversationId}`;
    const now = performance.now();
    if (now - (toldAt.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) return true;
    if (toldAt.size >= rememberedMax) toldAt.clear();
    toldAt.set(key, now);
    return false;
  };
  const tell = ({ conversationId, residentId }: Typing, seers: readonly string[]): void => {
    const bytes = plainFrame({ type: 'typing', conversationId, residentId });
    for (const resident of seers)
      for (const reader of registry.ofResident(resident)) if (reader.state === 'live') reader.write(bytes);
  };
  const during = async (saying: Promise<void>): Promise<void> => {
    underWay.add(saying);
    try {
      await saying;
    } finally {
      underWay.delete(saying);
    }
  };
  return {
    /** Asks who may see it, and tells them, here and elsewhere; rejects as the question does. */
    say: (typing: Typing, findSeers: () => Promise<readonly string[]>): Promise<void> =>
      during(
        findSeers().then((seers) => {
          if (isTooSoon(typing)) return;
          tell(typing, seers);
          pass(typing, seers);
        }),
      ),
    /** Tells those of `seers` who read here, if they may still see it. */
    sayHere: async (typing: Typing, seers: readonly string[]): Promise<void> => {
      const here = seers.filter((id) => registry.ofResident(id).size > 0);
      if (here.length === 0 || isTooSoon(typing)) return;
      await during(
        listSeers(typing).then((allowed) =>
          tell(
            typing,
            here.filter((id) => allowed.includes(id)),
          ),
        ),
      );
    },
    /** Resolves once what was being said has been told, or refused. */
    rested: async (): Promise<void> => {
      await Promise.allSettled(underWay);
    },
  };
};
