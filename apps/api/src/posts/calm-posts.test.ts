import { inTransaction, schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, mintPost, postRow } from '../../test/posts.ts';
import type { Context } from '../context.ts';
import { calmPosts } from './calm-posts.ts';

const minuteMs = 60_000;
const h = await openHarness({}, {}, undefined, true); // its job acts on every post there is

const moment = (fromNowMs = 0): Context<unknown> => ({
  ...h.deps,
  ...{ actor: null, now: new Date(Date.now() + fromNowMs), ip: '', locale: 'fr', tx: null },
});
const urgent = async (fromNowMs: number, more: object = {}) =>
  (await mintPost(h, await h.mintResident(), { urgentUntil: new Date(Date.now() + fromNowMs), ...more })).id;

test('two hours after, an open post is urgent no more, on every screen and in the log; what is over or still urgent stays as it is', async () => {
  const [over, still, ended] = [
    await urgent(-1),
    await urgent(minuteMs),
    await urgent(-minuteMs, { state: 'withdrawn' }),
  ];
  const before = await postRow(h, over);
  expect(await calmPosts(moment())).toBe(1);
  expect(await postRow(h, over)).toEqual({ ...before, urgentUntil: null });
  expect(await eventsOf(h, over)).toEqual(['post.changed']);
  const [entry] = await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, over));
  expect(entry).toMatchObject({ actorRole: 'system', action: 'post.calm', residenceId: before.residenceId });
  for (const id of [still, ended]) expect(await eventsOf(h, id)).toEqual([]);
  expect((await postRow(h, still)).urgentUntil).not.toBeNull();
  expect(await calmPosts(moment(2 * minuteMs))).toBe(1);
  expect(await calmPosts(moment(2 * minuteMs))).toBe(0);
});

test('cut in the middle, it did nothing, and the next run does it', async () => {
  const id = await urgent(-minuteMs);
  const cut = inTransaction(h.db, async (tx) => {
    expect(await calmPosts({ ...moment(), tx })).toBe(1);
    throw new Error('killed here');
  });
  await expect(cut).rejects.toThrow('killed here');
  expect((await postRow(h, id)).urgentUntil).not.toBeNull();
  expect(await eventsOf(h, id)).toEqual([]);
  expect(await calmPosts(moment())).toBe(1);
  expect(await eventsOf(h, id)).toEqual(['post.changed']);
});

test('twenty at once tell each post once, more posts than one batch holds', async () => {
  const author = await h.mintResident();
  const urgentUntil = new Date(Date.now() - minuteMs);
  const posts = await Promise.all(Array.from({ length: 210 }, () => mintPost(h, author, { urgentUntil })));
  const counts = await Promise.all(Array.from({ length: 20 }, () => calmPosts(moment())));
  const last = await calmPosts(moment());
  expect(counts.reduce((sum, n) => sum + n, last)).toBe(210);
  const rows = await h.db.select().from(schema.outbox).where(eq(schema.outbox.change, 'changed'));
  const told = rows.map(({ postId }) => postId).filter((id) => posts.some((post) => post.id === id));
  expect([told.length, new Set(told).size]).toEqual([210, 210]);
});
