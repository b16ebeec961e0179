import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, favourRows, mintPost, openFavoursOf, postRow, wrongsOf } from '../../test/posts.ts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { expirePosts } from './expire-posts.ts';
import { makeSeriesPosts } from './make-series-posts.ts';

const dayMs = 86_400_000;
const h = await openHarness({}, {}, undefined, true); // its jobs act on every post there is
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

const moment = (at: number): Context<unknown> => ({
  ...h.deps,
  actor: null,
  now: new Date(at),
  ip: '',
  locale: 'fr',
  tx: null,
});
const accept = async (as: Resident, postId: string): Promise<string> =>
  (await h.call('POST', `/posts/${postId}/favours`, { as, body: {} })).body.favour.id;
const past = (days: number) => new Date(Date.now() - days * dayMs);

describe('posts come to their end', () => {
  test('with the reason that fits, and nothing before its date', async () => {
    const ana = await h.mintResident();
    const ended = { expiresAt: past(0.01) };
    const window = { windowFrom: past(2), windowTo: past(0.01) };
    const [held, dated, unanswered, living] = [
      await mintPost(h, ana, { ...ended, state: 'held' }),
      await mintPost(h, ana, { ...ended, ...window }),
      await mintPost(h, ana, ended),
      await mintPost(h, ana),
    ];
    expect(await expirePosts(moment(Date.now()))).toBeGreaterThanOrEqual(3);
    const reasons = await Promise.all(
      [held, dated, unanswered, living].map(async ({ id }) => (await postRow(h, id)).endReason),
    );
    expect(reasons).toEqual(['not-examined', 'date-passed', 'no-answer', null]);
    expect(await eventsOf(h, dated.id)).toEqual(['post.closed']);
    const [entry] = await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, dated.id));
    expect(entry).toMatchObject({ actorRole: 'system', action: 'post.expire', reason: 'date-passed' });
  });

  test('one that somebody said yes to waits three days to be said done, then releases them', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana, { windowFrom: new Date(), windowTo: new Date(Date.now() + dayMs) });
    const favourId = await accept(ben, post.id);
    const end = (await postRow(h, post.id)).expiresAt.getTime();
    await expirePosts(moment(end + 2.9 * dayMs));
    expect((await postRow(h, post.id)).state).toBe('filled');
    await expirePosts(moment(end + 3.1 * dayMs));
    expect(await postRow(h, post.id)).toMatchObject({ state: 'expired', endReason: 'date-passed', taken: 0 });
    expect(await favourRows(h, post.id)).toMatchObject([{ id: favourId, state: 'released' }]);
    expect(await openFavoursOf(h, ben.id)).toBe(0);
  });

  test('one without a date gives whoever said yes two weeks; an hour that the two agreed on is waited for', async () => {
    const [ana, ben, cleo] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
    const [free, agreed] = [await mintPost(h, ana), await mintPost(h, ana)];
    await accept(ben, free.id);
    const favourId = await accept(cleo, agreed.id);
    const end = (await postRow(h, free.id)).expiresAt.getTime();
    await h.db.insert(schema.conversations).values({ id: favourId, postId: agreed.id, createdAt: new Date() });
    const meeting = { id: newId(), conversationId: favourId, at: new Date(end + 30 * dayMs) };
    const sides = { proposedBy: ana.id, agreedBy: cleo.id, proposedAt: new Date(), agreedAt: new Date() };
    await h.db.insert(schema.meetings).values({ ...meeting, ...sides });
    const statesAt = async (days: number) => {
      await expirePosts(moment(end + days * dayMs));
      return [(await postRow(h, free.id)).state, (await postRow(h, agreed.id)).state];
    };
    expect(await statesAt(13.9)).toEqual(['filled', 'filled']);
    expect(await statesAt(14.1)).toEqual(['expired', 'filled']);
    expect(await statesAt(32.9)).toEqual(['expired', 'filled']);
    expect(await statesAt(33.1)).toEqual(['expired', 'expired']);
  });

  test('one with a place left at its date looks for nobody else, and is done by those who came', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const [waiting, helped] = [
      await mintPost(h, ana, { helpersNeeded: 3 }),
      await mintPost(h, ana, { helpersNeeded: 2 }),
    ];
    const favourId = await accept(ben, waiting.id);
    await h.call('POST', `/favours/${await accept(ben, helped.id)}/done`, { as: ana, body: {} });
    await expirePosts(moment(Date.now() + 1.1 * dayMs));
    expect(await postRow(h, waiting.id)).toMatchObject({ state: 'filled', taken: 1, helpersNeeded: 1 });
    expect(await postRow(h, helped.id)).toMatchObject({ state: 'done', taken: 1, helpersNeeded: 1 });
    expect((await eventsOf(h, helped.id)).at(-1)).toBe('post.done');
    await h.call('POST', `/favours/${favourId}/done`, { as: ana, body: {} });
    expect((await postRow(h, waiting.id)).state).toBe('done');
    expect(await wrongsOf(h, [waiting.id, helped.id], [ben.id])).toEqual([]);
  });

  test('twenty jobs at once end each post once', async () => {
    const ana = await h.mintResident();
    const posts = await Promise.all(Array.from({ length: 30 }, () => mintPost(h, ana, { expiresAt: past(1) })));
    const changed = await Promise.all(Array.from({ length: 20 }, () => expirePosts(moment(Date.now()))));
    expect(changed.reduce((sum, n) => sum + n, 0)).toBe(30);
    for (const { id } of posts) expect(await eventsOf(h, id)).toEqual(['post.closed']);
  });
});

describe('series', () => {
  const startSeries = async (ana: Resident, extra: object = {}) => {
    const from = Math.floor((Date.now() + dayMs) / 3_600_000) * 3_600_000;
    const window = { from: new Date(from).toISOString(), to: new Date(from + 3_600_000).toISOString() };
    const body = {
      kind: 'request',
      category: 'errands',
      title: 'Les courses du lundi',
      window,
      repeats: { every: 'week', until: new Date(from + 50 * dayMs).toISOString() },
      ...extra,
    };
    const answer = await h.call('POST', '/posts', { as: ana, body });
    return { from, seriesId: answer.body.post.seriesId as string, firstId: answer.body.post.id as string };
  };
  const datesOf = async (seriesId: string) => {
    const rows = await h.db
      .select()
      .from(schema.posts)
      .where(eq(schema.posts.seriesId, seriesId))
      .orderBy(schema.posts.windowFrom);
    return rows;
  };

  test('each date is written once, fourteen days ahead, whoever runs the job and how often', async () => {
    const ana = await h.mintResident();
    const { seriesId } = await startSeries(ana, { onBehalfOf: { name: 'Mme Roux', consent: 'written' } });
    expect(await datesOf(seriesId)).toHaveLength(2);
    await Promise.all(Array.from({ length: 20 }, () => makeSeriesPosts(moment(Date.now() + 7 * dayMs))));
    expect(await datesOf(seriesId)).toHaveLength(3);
    await makeSeriesPosts(moment(Date.now() + 7 * dayMs));
    expect(await datesOf(seriesId)).toHaveLength(3);
    await makeSeriesPosts(moment(Date.now() + 100 * dayMs));
    const all = await datesOf(seriesId);
    expect(all).toHaveLength(8);
    const gaps = all
      .slice(1)
      .map((post, n) => Math.round(((post.windowFrom?.getTime() ?? 0) - (all[n]?.windowFrom?.getTime() ?? 0)) / dayMs));
    expect(gaps.every((gap) => gap === 7)).toBe(true);
    const last = all.at(-1);
    expect(last).toMatchObject({ title: 'Les courses du lundi', state: 'open', onBehalf: true, authorId: ana.id });
    const [named] = await h.db
      .select()
      .from(schema.postBeneficiaries)
      .where(eq(schema.postBeneficiaries.postId, last?.id ?? ''));
    expect(named?.name).toBe('Mme Roux');
    expect(await eventsOf(h, last?.id ?? '')).toEqual(['post.opened']);
  });

  test('ends with its last living date; one date taken back leaves the others', async () => {
    const ana = await h.mintResident();
    const { seriesId } = await startSeries(ana);
    const [first, second] = await datesOf(seriesId);
    await h.call('POST', `/posts/${first?.id}/withdraw`, { as: ana, body: { reason: 'mistake' } });
    await makeSeriesPosts(moment(Date.now() + 7 * dayMs));
    expect(await datesOf(seriesId)).toHaveLength(3);
    const third = (await datesOf(seriesId)).at(-1);
    for (const post of [second, third])
      await h.call('POST', `/posts/${post?.id}/withdraw`, { as: ana, body: { reason: 'changed-mind' } });
    await makeSeriesPosts(moment(Date.now() + 21 * dayMs));
    expect(await datesOf(seriesId)).toHaveLength(3);
  });
});
