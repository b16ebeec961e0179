import type { FoundAddresses } from '@palier/domain/territories';
import { z } from 'zod';
import { readBounded } from '../read-bounded.ts';

/** The French geocoder (IGN, BAN): 50 questions a second for one address, 429 for some seconds beyond. We ask 40 at most, wait 3 s at most, and read 300 kB at most. */
const manners = { perSecond: 40, timeoutMs: 3_000, bytesMax: 300_000, restMaxS: 60, restS: 5, answers: 6 } as const;

const Answer = z.object({
  features: z.array(
    z.object({
      geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
      properties: z.object({ label: z.string(), citycode: z.string().length(5) }),
    }),
  ),
});

const parse = (text: string | null): z.infer<typeof Answer> | null => {
  try {
    return Answer.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
};

/** Asks the geocoder at `base` and nothing else: only the words typed are sent. `away` when it cannot be asked or answers nonsense, `busy` when it, or we, have had enough. */
export const createGeocoder = (base: string, clock: () => Date) => {
  let restUntil = 0;
  let second = { at: 0, asked: 0 };
  return async (words: string): Promise<FoundAddresses> => {
    const now = clock().getTime();
    const at = Math.floor(now / 1000);
    if (second.at !== at) second = { at, asked: 0 };
    second.asked += 1;
    if (now < restUntil || second.asked > manners.perSecond) return { state: 'busy', items: [] };
    const query = new URLSearchParams({ q: words, limit: String(manners.answers) });
    try {
      const answer = await fetch(`${base}/search?${query}`, {
        signal: AbortSignal.timeout(manners.timeoutMs),
        redirect: 'error',
        credentials: 'omit',
        headers: { accept: 'application/json' },
      });
      if (answer.status === 429) {
        const asked = Number(answer.headers.get('retry-after'));
        const seconds = Number.isFinite(asked) && asked > 0 ? Math.min(asked, manners.restMaxS) : manners.restS;
        restUntil = clock().getTime() + seconds * 1000;
        await answer.body?.cancel();
        return { state: 'busy', items: [] };
      }
      if (answer.status === 400) return { state: 'found', items: [] };
      const found = answer.ok ? parse(await readBounded(answer, manners.bytesMax)) : null;
      if (!found) return { state: 'away', items: [] };
      const items = found.features.slice(0, manners.answers).map(({ geometry, properties }) => {
        const [lon, lat] = geometry.coordinates;
        return { label: properties.label.slice(0, 200), commune: properties.citycode, pin: `${lat} ${lon}` };
      });
      return { state: 'found', items };
    } catch {
      return { state: 'away', items: [] };
    }
  };
};
