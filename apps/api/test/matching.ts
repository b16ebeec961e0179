import { schema } from '@palier/db';
import { homeCell } from '@palier/domain/places';
import { and, eq } from 'drizzle-orm';
import type { Context } from '../src/context.ts';
import { matchPost } from '../src/matching/index.ts';
import { cellIndexOf } from '../src/places/index.ts';
import { openHarness } from './harness.ts';
import { mintPost } from './posts.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

let places = 0;

/** The API with a clock that a test sets, and what a job's own call is. */
export const openMatching = async (startsAt: string, isAlone = false) => {
  let now = new Date(startsAt);
  const h = await openHarness({}, { clock: () => now }, undefined, isAlone);
  const seed = Math.floor(Date.now() % 40_000);

  /** A spot of its own, away from any other test's: cells by how many metres north of it. */
  const spot = () => {
    const n = seed + places++ * 7;
    const [lat, lon] = [20 + (n % 400) / 10, -20 + Math.floor(n / 400) / 2];
    return (northM = 0) => homeCell({ lat: lat + northM / 111_195, lon }, 10);
  };
  type Mint = NonNullable<Parameters<typeof h.mintResident>[0]>;
  type Who = Omit<Mint, 'stairId'> &
    Partial<Omit<typeof schema.residents.$inferInsert, 'stairId'>> & { stairId?: string | null | undefined };
  /** A commune of this suite alone: what others post to theirs is not seen here. */
  const commune = `39${String(seed % 1000).padStart(3, '0')}`;
  const mint = async (who: Who = {}) => {
    const {
      skills,
      availability,
      languages,
      asksPerDay,
      urgentAtNight,
      radiusM,
      lastSeenAt = now,
      stairId,
      ...rest
    } = who;
    const someone = await h.mintResident({ commune, ...rest, ...(stairId !== undefined && { stairId }) });
    const said = { skills, availability, languages, asksPerDay, urgentAtNight, radiusM, lastSeenAt };
    await h.db.update(schema.residents).set(said).where(eq(schema.residents.id, someone.id));
    return someone;
  };
  const job = (): Context<null> => ({ ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null });
  /** A post of someone's that is open for fourteen days, and already matched. */
  const open = async (author: Awaited<ReturnType<typeof mint>>, change: Parameters<typeof mintPost>[2] = {}) => {
    const expiresAt = new Date(now.getTime() + 14 * dayMs);
    const post = await mintPost(h, author, { createdAt: now, expiresAt, ...change });
    await matchPost(job(), { postId: post.id });
    return post.id;
  };
  const told = async (postId: string): Promise<string[]> =>
    (await h.db.select().from(schema.asks).where(eq(schema.asks.postId, postId))).map((ask) => ask.residentId).sort();
  const step = async (postId: string, name: (typeof schema.ringSteps.$inferSelect)['step']) => {
    const { ringSteps } = schema;
    const [row] = await h.db
      .select()
      .from(ringSteps)
      .where(and(eq(ringSteps.postId, postId), eq(ringSteps.step, name)));
    return row;
  };
  return {
    h,
    spot,
    mintResidence: (place: Parameters<typeof h.mintResidence>[0]) => h.mintResidence({ commune, ...place }),
    mint,
    open,
    job,
    told,
    step,
    now: () => now,
    /** Sets the clock, and has the process know every residence there is. */
    at: async (instant: string | Date | number) => {
      now = new Date(instant);
      await cellIndexOf(h.db).refresh();
    },
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
  };
};
