import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import type { Context } from '../src/context.ts';
import { makeSeriesPosts } from '../src/posts/index.ts';
import { standIn } from '../src/series/stand-in.ts';
import { openHarness } from './harness.ts';

export const dayMs = 86_400_000;

/** Series of a database of their own, since the job that makes their dates acts on every series there is. */
export const openSeriesFacts = async () => {
  const h = await openHarness({ RATE_LIMITS: 'on' }, {}, undefined, true);
  type Resident = Awaited<ReturnType<typeof h.mintResident>>;
  const moment = (at: number): Context<unknown> => ({
    ...h.deps,
    actor: null,
    now: new Date(at),
    ip: '',
    locale: 'fr',
    tx: null,
  });
  const ahead = (days: number) => makeSeriesPosts(moment(Date.now() + days * dayMs), standIn);
  const iso = (at: number) => new Date(at).toISOString();
  const post = (as: Resident, url: string, body: object = {}) => h.call('POST', url, { as, body });

  const start = async (ana: Resident, extra: object = {}) => {
    const from = Math.floor((Date.now() + dayMs) / 3_600_000) * 3_600_000;
    const { body } = await post(ana, '/posts', {
      kind: 'request',
      category: 'errands',
      title: 'Les courses du mardi',
      window: { from: iso(from), to: iso(from + 3_600_000) },
      repeats: { every: 'week', until: iso(from + 60 * dayMs) },
      ...extra,
    });
    const read = async (as: Resident = ana) => (await h.call('GET', `/series/${id}`, { as })).body?.series;
    const id = body.post.seriesId as string;
    return { id, from, firstId: body.post.id as string, read };
  };
  const madeOf = (seriesId: string) =>
    h.db.select().from(schema.posts).where(eq(schema.posts.seriesId, seriesId)).orderBy(schema.posts.windowFrom);
  const say = async (as: Resident, postId: string): Promise<string> =>
    (await post(as, `/posts/${postId}/favours`)).body.favour?.id;
  /** A series, and a neighbour who said yes to its first date. */
  const scene = async (extra: object = {}) => {
    const [ana, ben] = [await h.mintResident({ displayName: 'Ana' }), await h.mintResident({ displayName: 'Ben' })];
    const series = await start(ana, extra);
    await say(ben, series.firstId);
    return { ana, ben, ...series };
  };
  /** The same, where both wished that they come each time. */
  const agreed = async (extra: object = {}) => {
    const s = await scene(extra);
    await post(s.ben, `/series/${s.id}/standing`);
    await post(s.ana, `/series/${s.id}/standing`, { person: s.ben.id });
    return s;
  };
  return { h, ahead, iso, post, start, madeOf, say, scene, agreed };
};
