import { type Bulletin, readBulletin, type WeatherProblem } from '@palier/domain/weather';
import type { Env } from '../env.ts';
import { readBounded } from '../read-bounded.ts';

/** The map is about 200 kB: we read 4 MB at most, and wait 10 s at most. */
const manners = { timeoutMs: 10_000, bytesMax: 4_000_000 } as const;

export type Reading = { bulletin: Bulletin } | { problem: WeatherProblem; retryAfterS: number };

const failed = (problem: WeatherProblem, retryAfterS = 0): Reading => ({ problem, retryAfterS });

/** `Retry-After`, in seconds or as a date; 0 when it says nothing that can be read. */
const secondsAsked = (header: string | null, now: Date): number => {
  if (!header) return 0;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
};

const parse = (text: string | null): Bulletin | null => {
  try {
    return readBulletin(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
};

/** A secret leaves by TLS, or stays on this machine. */
const mayCarrySecret = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** Asks the vigilance map at `VIGILANCE_URL`, as it is given, with `VIGILANCE_TOKEN` as the portal's `apikey`. Never throws; follows no redirection, which could carry the key elsewhere. */
export const readVigilance = async (
  url: string,
  token: Env['vigilanceToken'],
  now: Date,
  timeoutMs: number = manners.timeoutMs,
): Promise<Reading> => {
  try {
    const answer = await fetch(url, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
      credentials: 'omit',
      headers: { accept: 'application/json', ...(token && mayCarrySecret(new URL(url)) && { apikey: token }) },
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      const isBusy = answer.status === 429 || answer.status === 503;
      return failed(isBusy ? 'busy' : 'away', secondsAsked(answer.headers.get('retry-after'), now));
    }
    const bulletin = parse(await readBounded(answer, manners.bytesMax));
    return bulletin ? { bulletin } : failed('unreadable');
  } catch {
    return failed('away');
  }
};
