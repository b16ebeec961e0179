import { schema } from '@palier/db';
import { timeZoneOfCommune, wallClockOf } from '@palier/domain/places';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs, openMatching } from '../../test/matching.ts';
import { postRow } from '../../test/posts.ts';
import { endMatching, tellDue, tellPost } from './index.ts';
import { tellStep } from './tell-step.ts';

const noon = '2026-11-10T11:00:00Z';
const m = await openMatching(noon);
const { h, mint, open, spot } = m;
beforeEach(() => m.at(noon));

const asksOf = async (residentId: string) =>
  (await h.db.select().from(schema.asks).where(eq(schema.asks.residentId, residentId))).length;

test('rings are told one after the other, nearest first, and nobody twice', async () => {
  const at = spot();
  const home = await m.mintResidence({ cell: at() });
  const [stair, other] = home.stairs.map(({ id }) => id);
  const author = await mint({ residenceId: home.id, stairId: stair });
  const onStair = await mint({ residenceId: home.id, stairId: stair });
  const inResidence = await mint({ residenceId: home.id, stairId: other });
  const near = await mint({ cell: at(130) }); // a cell is up to 76 m from its middle, and both ends are blurred
  const within1000 = await mint({ cell: at(700) });
  const within2000 = await mint({ cell: at(1700) });
  const inCommune = await mint({ cell: at(3000) });
  const stayingNear = await mint({ cell: at(1500), radiusM: 1000 });
  await mint({ cell: at(3000), radiusM: 1000 });
  await m.at(noon);
  const postId = await open(author, { audience: 'commune' });
  const heard: string[][] = [];
  for (const wait of [0, 10, 30, 120, 360, 1440, 3000]) {
    await m.at(new Date(noon).getTime() + wait * minuteMs);
    await tellPost(m.job(), postId);
    heard.push(await m.told(postId));
  }
  const order = [onStair, inResidence, near, within1000, within2000, inCommune].map(({ id }) => id);
  expect(heard).toEqual([1, 2, 3, 4, 5, 6, 6].map((n) => order.slice(0, n).sort()));
  expect(heard.flat()).not.toContain(stayingNear.id);
  expect((await m.step(postId, 'near-300'))?.told).toBe(1);
});

test('twenty runs of one step at once tell everybody once', async () => {
  const home = await m.mintResidence({ cell: spot()(), stairs: 1 });
  const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
  const author = await mint(on);
  const people = await Promise.all(Array.from({ length: 6 }, () => mint(on)));
  const postId = await open(author);
  const runs = await Promise.all(Array.from({ length: 20 }, () => tellStep(m.job(), { postId, step: 'stair' })));
  expect(runs.filter((count) => count !== null)).toEqual([6]);
  expect(await m.told(postId)).toEqual(people.map(({ id }) => id).sort());
  const events = await h.db.select().from(schema.outbox).where(eq(schema.outbox.kind, 'notification'));
  expect(events.filter(({ sideA }) => people.some(({ accountId }) => accountId === sideA))).toHaveLength(6);
});

test('cut between its claim and its commit, a step told nobody; the next run tells them all', async () => {
  const home = await m.mintResidence({ cell: spot()(), stairs: 1 });
  const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
  const author = await mint(on);
  const neighbour = await mint(on);
  const postId = await open(author);
  const cut = h.db.transaction(async (tx) => {
    expect(await tellStep({ ...m.job(), tx }, { postId, step: 'stair' })).toBe(1);
    throw new Error('the power is cut');
  });
  await expect(cut).rejects.toThrow('the power is cut');
  expect(await m.told(postId)).toEqual([]);
  expect(
    await h.db.select().from(schema.notifications).where(eq(schema.notifications.accountId, neighbour.accountId)),
  ).toEqual([]);
  await tellDue(m.job());
  expect(await m.told(postId)).toEqual([neighbour.id]);
});

test('nobody is told more than their day allows, however many posts open at once; a new day is a new count', async () => {
  const home = await m.mintResidence({ cell: spot()(), stairs: 1 });
  const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
  const author = await mint(on);
  const usual = await mint(on);
  const never = await mint({ ...on, asksPerDay: 0 });
  const often = await mint({ ...on, asksPerDay: 10 });
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) ids.push(await open(author, { audience: 'stair' }));
  await Promise.all(ids.map((postId) => tellPost(m.job(), postId)));
  expect([await asksOf(usual.id), await asksOf(never.id), await asksOf(often.id)]).toEqual([3, 0, 10]);
  m.pass(dayMs);
  const later = await open(author, { audience: 'stair' });
  await tellPost(m.job(), later);
  expect(await m.told(later)).toEqual([usual.id, often.id].sort());
});

test('those who are away for ninety days, blocked, paused, excluded, or not known enough for this are left alone', async () => {
  const home = await m.mintResidence({ cell: spot()(), stairs: 1 });
  const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
  const author = await mint(on);
  await mint({ ...on, lastSeenAt: new Date(m.now().getTime() - 91 * dayMs) });
  const here = await mint({ ...on, lastSeenAt: new Date(m.now().getTime() - 89 * dayMs) });
  const [blocked, blocking] = [await mint(on), await mint(on)];
  const [paused, excluded, back] = [await mint(on), await mint(on), await mint(on)];
  const standing = (id: string, row: { pausedUntil?: Date; excludedAt?: Date }) =>
    h.db.update(schema.residents).set(row).where(eq(schema.residents.id, id));
  await standing(paused.id, { pausedUntil: new Date(m.now().getTime() + dayMs) });
  await standing(excluded.id, { excludedAt: m.now() });
  await standing(back.id, { pausedUntil: new Date(m.now().getTime() - dayMs) });
  await h.db.insert(schema.blocks).values([
    { residentId: author.id, blockedId: blocked.id },
    { residentId: blocking.id, blockedId: author.id },
  ]);
  const newcomer = await mint({ ...on, trust: 'new', skills: ['childcare'] });
  const postId = await open(author, { category: 'childcare' });
  await tellPost(m.job(), postId);
  expect(await m.told(postId)).toEqual([here.id, back.id].sort());
  const plain = await open(author);
  await tellPost(m.job(), plain);
  expect(await m.told(plain)).toEqual([here.id, back.id, newcomer.id].sort());
});

test('a filled post tells nobody more, goes on when a place frees, and an ended one is forgotten', async () => {
  const home = await m.mintResidence({ cell: spot()() });
  const [stair, other] = home.stairs.map(({ id }) => id);
  const author = await mint({ residenceId: home.id, stairId: stair });
  const near = await mint({ residenceId: home.id, stairId: stair });
  const next = await mint({ residenceId: home.id, stairId: other });
  const postId = await open(author);
  await tellPost(m.job(), postId);
  const set = (state: 'filled' | 'open' | 'withdrawn', taken: number) =>
    h.db.update(schema.posts).set({ state, taken }).where(eq(schema.posts.id, postId));
  await set('filled', 1);
  m.pass(20 * minuteMs);
  await tellDue(m.job());
  expect(await m.told(postId)).toEqual([near.id]);
  await set('open', 0);
  await tellDue(m.job());
  expect(await m.told(postId)).toEqual([near.id, next.id].sort());
  await set('withdrawn', 0);
  await endMatching(m.job(), { postId });
  expect(await m.step(postId, 'near-300')).toBeUndefined();
  expect((await postRow(h, postId)).state).toBe('withdrawn');
});

test('a post that was filled for an afternoon, or a server that was away, catches up ring by ring, and its author reads when', async () => {
  const at = spot();
  const home = await m.mintResidence({ cell: at() });
  const [stair, other] = home.stairs.map(({ id }) => id);
  const author = await mint({ residenceId: home.id, stairId: stair });
  const next = await mint({ residenceId: home.id, stairId: other });
  const [near, far] = [await mint({ cell: at(130) }), await mint({ cell: at(600) })];
  await m.at(noon);
  const postId = await open(author);
  await tellPost(m.job(), postId);
  m.pass(5 * hourMs);
  await tellDue(m.job());
  expect(await m.told(postId)).toEqual([next.id]);
  const { body } = await h.call('GET', `/posts/${postId}/reach`, { as: author });
  expect(body).toMatchObject({ ring: 'residence', nextRing: 'near-300', nextAt: '2026-11-10T16:20:00.000Z' });
  m.pass(20 * minuteMs);
  await tellDue(m.job());
  expect(await m.told(postId)).toEqual([next.id, near.id].sort());
  m.pass(89 * minuteMs);
  await tellDue(m.job());
  expect(await m.told(postId)).not.toContain(far.id);
  m.pass(minuteMs);
  await tellDue(m.job());
  expect(await m.told(postId)).toContain(far.id);
});

describe('nights', () => {
  const nights = [
    { name: 'Gex, the night that loses an hour', commune: '01173', opened: '2026-03-28T22:30:00Z' },
    { name: 'Gex, the night that has an hour twice', commune: '01173', opened: '2026-10-25T00:30:00Z' },
    { name: 'Saint-Denis, Réunion', commune: '97411', opened: '2026-11-10T18:30:00Z' },
    { name: 'Pointe-à-Pitre, Guadeloupe', commune: '97120', opened: '2026-11-11T03:00:00Z' },
  ];
  test.each(nights)(
    '$name: a calm post waits for eight o’clock there, then keeps its delays',
    async ({ commune, opened }) => {
      await m.at(opened);
      const home = await m.mintResidence({ cell: spot()(), commune });
      const [stair, other] = home.stairs.map(({ id }) => id);
      const author = await mint({ residenceId: home.id, stairId: stair });
      const near = await mint({ residenceId: home.id, stairId: stair });
      await mint({ residenceId: home.id, stairId: other });
      const postId = await open(author, { audience: 'residence' });
      await tellDue(m.job());
      expect(await m.told(postId)).toEqual([]);
      const [first, second] = [await m.step(postId, 'stair'), await m.step(postId, 'residence')];
      const wall = wallClockOf(first?.dueAt ?? m.now(), timeZoneOfCommune(commune));
      expect([wall.hour, wall.minute]).toEqual([8, 0]);
      expect((second?.dueAt.getTime() ?? 0) - (first?.dueAt.getTime() ?? 0)).toBe(10 * minuteMs);
      await m.at((first?.dueAt.getTime() ?? 0) - 1000);
      await tellDue(m.job());
      expect(await m.told(postId)).toEqual([]);
      await m.at(first?.dueAt ?? m.now());
      await tellDue(m.job());
      expect(await m.told(postId)).toEqual([near.id]);
    },
  );

  test('an urgent post wakes only those who said so; those asleep hear at eight if it is still open', async () => {
    await m.at('2026-11-10T22:00:00Z');
    const home = await m.mintResidence({ cell: spot()(), stairs: 1 });
    const on = { residenceId: home.id, stairId: home.stairs[0]?.id ?? null };
    const author = await mint(on);
    const awake = await mint({ ...on, urgentAtNight: true });
    const asleep = await mint(on);
    const urgentUntil = new Date(m.now().getTime() + 2 * hourMs);
    const [kept, taken] = [await open(author, { urgentUntil }), await open(author, { urgentUntil })];
    for (const postId of [kept, taken]) {
      await tellPost(m.job(), postId);
      expect(await m.told(postId)).toEqual([awake.id]);
      expect((await m.step(postId, 'stair'))?.dueAt.toISOString()).toBe('2026-11-11T07:00:00.000Z');
    }
    await h.db.update(schema.posts).set({ state: 'filled', taken: 1 }).where(eq(schema.posts.id, taken));
    await m.at('2026-11-11T07:00:00Z');
    await tellDue(m.job());
    expect(await m.told(kept)).toEqual([awake.id, asleep.id].sort());
    expect(await m.told(taken)).toEqual([awake.id]);
  });
});
