import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../errors.ts';

/** 2 is Argon2id (its enum is ambient and cannot be imported under type stripping). */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const atOnce = 2;
const queueMax = 50;

/**
 * Argon2id (19 MiB, t = 2, p = 1), two at a time and fifty waiting; beyond that 429 `hashing.busy`, so that a flood of sign-ins cannot hold the processor.
 * `isBounded` false: whoever asks waits for their turn (RATE_LIMITS=off).
 */
export const openHashing = (isBounded = true) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  const limited = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (isBounded && waiting.length >= queueMax) throw new AppError('hashing.busy', { retryAfterS: 2 });
      await new Promise<void>((turn) => waiting.push(turn));
    }
    running++;
    try {
      return await work();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
  const dummy = hash('no such secret was ever given out', options);
  return {
    hash: (secret: string): Promise<string> => limited(() => hash(secret, options)),
    /** Whether the secret is the one hashed; with no hash, takes the same time and answers no. */
    verify: (stored: string | undefined, secret: string): Promise<boolean> =>
      limited(async () => (await verify(stored ?? (await dummy), secret)) && stored !== undefined),
  };
};
export type Hashing = ReturnType<typeof openHashing>;
