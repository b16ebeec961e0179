import { schema } from '@palier/db';
import { toldPerStep } from '@palier/domain/matching';
import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { dayMs, hourMs, openMatching } from '../../test/matching.ts';
import { mintPost } from '../../test/posts.ts';
import { tellPost } from './index.ts';

// Who of a ring is told first.
const noon = '2026-11-10T11:00:00Z';
const m = await openMatching(noon);
const { h, mint, open, spot } = m;
beforeEach(() => m.at(noon));

test('at most a dozen a step, the best first: who said they could, then who never said, last who was asked lately', async () => {
  const home = await m.mintResidence({ cell: spot()(), stairs: 1 });
  const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
  const author = await mint(on);
  const able = await Promise.all(Array.from({ length: 4 }, () => mint({ ...on, skills: ['errands'] })));
  const silent = await Promise.all(Array.from({ length: 12 }, () => mint(on)));
  const [tired] = able;
  if (!tired) throw new Error('nobody');
  for (let n = 0; n < 7; n++) {
    const past = await mintPost(h, author, { state: 'done' });
    await h.db
      .insert(schema.asks)
      .values({ postId: past.id, residentId: tired.id, step: 'stair', at: new Date(m.now().getTime() - 2 * dayMs) });
  }
  const postId = await open(author);
  expect(await tellPost(m.job(), postId)).toBe(toldPerStep.calm);
  const heard = await m.told(postId);
  for (const { id } of able) expect(heard).toContain(id);
  expect(silent.filter(({ id }) => heard.includes(id))).toHaveLength(8);
  const [first] = await h.db
    .select()
    .from(schema.notifications)
    .where(eq(schema.notifications.accountId, able[1]?.accountId ?? ''));
  expect(first).toMatchObject({ kind: 'ask', postId, readAt: null, reasons: ['same-stair', 'same-category'] });
});

test('of two who can, the one asked an hour ago gives way to the one asked six days ago', async () => {
  const home = await m.mintResidence({ cell: spot()(), stairs: 1 });
  const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
  const author = await mint(on);
  const lately = await mint({ ...on, skills: ['errands'] });
  const rested = await Promise.all(
    Array.from({ length: toldPerStep.calm }, () => mint({ ...on, skills: ['errands'] })),
  );
  const past = await mintPost(h, author, { state: 'done' });
  const asked = [{ id: lately.id, agoMs: hourMs }, ...rested.map(({ id }) => ({ id, agoMs: 6 * dayMs }))];
  await h.db.insert(schema.asks).values(
    asked.map(({ id, agoMs }) => ({
      postId: past.id,
      residentId: id,
      step: 'stair' as const,
      at: new Date(m.now().getTime() - agoMs),
    })),
  );
  const postId = await open(author, { audience: 'stair' });
  await tellPost(m.job(), postId);
  expect(await m.told(postId)).toEqual(rested.map(({ id }) => id).sort());
});

test('whoever has an open offer that fits is told among the first, though they never said they could, with its reasons', async () => {
  const home = await m.mintResidence({ cell: spot()(), stairs: 1 });
  const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
  const author = await mint(on);
  await Promise.all(Array.from({ length: toldPerStep.calm }, () => mint({ ...on, skills: ['repair'] })));
  const [offering, gone] = [await mint({ ...on, skills: ['pets'] }), await mint({ ...on, skills: ['pets'] })];
  const offer = { kind: 'offer', category: 'repair', title: 'Je répare les robinets qui fuient' } as const;
  await open(offering, offer);
  const withdrawn = await open(gone, offer);
  await h.db.update(schema.posts).set({ state: 'withdrawn' }).where(eq(schema.posts.id, withdrawn));
  const postId = await open(author, { category: 'repair', title: 'Mon robinet fuit', audience: 'stair' });
  expect(await tellPost(m.job(), postId)).toBe(toldPerStep.calm);
  const heard = await m.told(postId);
  expect([heard.includes(offering.id), heard.includes(gone.id)]).toEqual([true, false]);
  const notices = await h.db
    .select()
    .from(schema.notifications)
    .where(eq(schema.notifications.accountId, offering.accountId));
  expect(notices.find((notice) => notice.postId === postId)?.reasons).toContain('same-words');
});
