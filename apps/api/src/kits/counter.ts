import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@palier/db';
import type { Locale } from '@palier/domain/accounts';
import type { KitPaper, KitSlug } from '@palier/domain/kits';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { FastifyBaseLogger } from 'fastify';
import { newId } from '../ids.ts';
import { addCounts, type Counted, listTotals } from './counts.queries.ts';

type Parts = { db: Database; clock: () => Date; log: FastifyBaseLogger };

/** A paper that was taken whole; `commune` is empty when none was said. */
export type Taken = { slug: KitSlug; paper: KitPaper; locale: Locale; commune: string };

const pauseMs = 400; // with the write itself, well within the second that `kill -9` may cost
const freshMs = 200;
const triesAtStop = 20;

/** The day it is in a commune, as 2026-11-22; worked out once a second and zone. */
const openDays = (clock: () => Date) => {
  const days = new Map<string, { second: number; text: string }>();
  return (commune: string): string => {
    const timeZone = timeZoneOfCommune(commune);
    const now = clock();
    const second = Math.floor(now.getTime() / 1_000);
    const known = days.get(timeZone);
    if (known?.second === second) return known.text;
    const text = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
    days.set(timeZone, { second, text });
    return text;
  };
};

/**
 * Counts the papers that this process gave and adds them to the database in numbered batches, under half a second after; `stop` writes what is left.
 * A batch whose answer was lost is sent again under its number, and counts once.
 */
export const openKitCounter = ({ db, clock, log }: Parts) => {
  const processId = newId();
  const dayIn = openDays(clock);
  let waiting = new Map<string, Counted>();
  let sending: Counted[] = [];
  let batch = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let totals: { at: number; read: ReturnType<typeof listTotals> } | undefined;

  const isBehind = (): boolean => waiting.size > 0 || sending.length > 0;
  const writeBatch = async (): Promise<void> => {
    if (sending.length === 0) {
      sending = [...waiting.values()];
      waiting = new Map();
      batch += 1;
    }
    try {
      await addCounts(db, processId, batch, sending);
      sending = [];
    } catch (error) {
      log.error({ err: error }, 'counts of kits are not written yet');
    }
  };
  const write = (): Promise<void> => {
    writing ??= writeBatch().finally(() => (writing = undefined));
    return writing;
  };
  const writeSoon = (): void => {
    timer ??= setTimeout(async () => {
      await write();
      timer = undefined;
      if (isBehind()) writeSoon();
    }, pauseMs).unref();
  };

  return {
    /** Counts one; it is in the database within the second. */
    take: ({ slug, paper, locale, commune }: Taken): void => {
      const day = dayIn(commune);
      const key = `${day} ${slug} ${paper} ${locale} ${commune}`;
      const counted = waiting.get(key);
      if (counted) counted.count += 1;
      else waiting.set(key, { day, slug, paper, locale, commune, count: 1 });
      writeSoon();
    },
    /** How often each kit was taken, by every process, as the database had it a fifth of a second ago at most. */
    totals: async () => {
      const at = performance.now();
      if (!totals || at - totals.at > freshMs) totals = { at, read: listTotals(db) };
      return totals.read;
    },
    stop: async (): Promise<void> => {
      clearTimeout(timer);
      await writing;
      for (let n = 0; isBehind() && n < triesAtStop; n++) {
        if (n > 0) await pause(pauseMs);
        await write();
      }
    },
  };
};
export type KitCounter = ReturnType<typeof openKitCounter>;
