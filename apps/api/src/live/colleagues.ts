import type { TypingFrame } from '@palier/domain/live';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { newId } from '../ids.ts';
import type { Presence } from '../process/presence.ts';

/** How long, in ms, an acknowledgement waits for the other processes: one that does not answer by then is not heard, or is gone. */
const answerMs = 1_000;
/** What a NOTIFY takes is less than 8,000 bytes. */
const saidMax = 7_500;

const from = z.uuid();
/** What processes say to one another beside the stream: ids alone, kept nowhere. */
const Said = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('cut'), id: z.uuid(), from, residents: z.array(z.uuid()) }),
  z.strictObject({ what: z.literal('done'), id: z.uuid(), from }),
  z.strictObject({
    what: z.literal('typing'),
    from,
    conversationId: z.uuid(),
    residentId: z.uuid(),
    seers: z.array(z.uuid()),
  }),
]);
type Said = z.infer<typeof Said>;

export type Typing = Omit<TypingFrame, 'type'>;

type Options = {
  log: FastifyBaseLogger;
  /** Without it this process is the only one. */
  presence: Presence | undefined;
  cutHere: (residentIds: readonly string[]) => Promise<void>;
  typeHere: (typing: Typing, seers: readonly string[]) => Promise<void>;
};

const saidOf = (text: string): Said | undefined => {
  try {
    return Said.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** The other processes that hold sockets of this deployment: what they are asked, and what they ask. */
export const openColleagues = ({ log, presence, cutHere, typeHere }: Options) => {
  let say: ((text: string) => void) | undefined;
  const asked = new Map<string, (by: string) => void>();
  const sayTo = (said: Said): void => {
    const text = JSON.stringify(said);
    if (text.length <= saidMax) say?.(text);
  };

  return {
    /** From here on speaks over this wire. */
    speakOver: (wire: (text: string) => void): void => {
      say = wire;
    },
    /** Takes what another process said. */
    hear: (text: string): void => {
      const said = saidOf(text);
      if (!said || !presence || said.from === presence.id) return;
      if (said.what === 'done') asked.get(said.id)?.(said.from);
      else if (said.what === 'typing')
        typeHere(said, said.seers).catch((error: Error) => log.debug({ err: error.message }, 'typing is not told'));
      else
        cutHere(said.residents).then(
          () => sayTo({ what: 'done', id: said.id, from: presence.id }),
          (error: Error) => log.warn({ err: error.message }, 'a cut was not made here'),
        );
    },
    /**
     * Resolves once every other living process has cut these residents' sockets. One that does not answer within a second (killed less than ten seconds ago, or the bus is down)
     * is not waited for any longer: an act is never refused because of it, and what that process had made ready was told within that second.
     */
    cut: async (residentIds: readonly string[]): Promise<void> => {
      if (!presence) return;
      const waiting = new Set(await presence.others().catch(() => []));
      if (waiting.size === 0) return;
      const id = newId();
      const { promise, resolve } = Promise.withResolvers<void>();
      asked.set(id, (by) => {
        if (waiting.delete(by) && waiting.size === 0) resolve();
      });
      const timer = setTimeout(() => {
        log.warn({ processes: waiting.size }, 'a block was acknowledged before other processes answered');
        resolve();
      }, answerMs);
      sayTo({ what: 'cut', id, from: presence.id, residents: [...residentIds] });
      await promise;
      clearTimeout(timer);
      asked.delete(id);
    },
    /** Tells the others that somebody writes; those who may see it are asked for again where they read. */
    type: (typing: Typing, seers: readonly string[]): void => {
      if (presence && !presence.isAlone()) sayTo({ what: 'typing', from: presence.id, ...typing, seers: [...seers] });
    },
  };
};
