import { describe, expect, test } from 'vitest';
import { openFavoursOf, wrongsOf } from '../../test/posts.ts';
import { dayMs, openSeriesFacts } from '../../test/series-facts.ts';

const { h, ahead, iso, post, start, madeOf, scene } = await openSeriesFacts();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

describe('a series is read', () => {
  test('with its made and coming dates, by its author and whoever said yes, and by nobody else', async () => {
    const s = await scene();
    const mine = await s.read();
    expect(mine).toMatchObject({ mine: true, every: 'week', candidates: [{ id: s.ben.id, displayName: 'Ben' }] });
    expect(mine.dates.slice(0, 3).map((date: { state: string }) => date.state)).toEqual(['made', 'made', 'planned']);
    expect(mine.dates).toHaveLength(8);
    expect(mine.promisedUntil).toBe(iso(s.from));
    expect(await s.read(s.ben)).toMatchObject({ mine: false, candidates: [], standings: [] });
    expect(await s.read(await h.mintResident())).toBeUndefined();
    await post(s.ana, `/blocks/${s.ben.id}`);
    expect((await h.call('GET', `/series/${s.id}`, { as: s.ben })).status).toBe(404);
    const list = await h.call('GET', '/series', { as: s.ana });
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([s.id]);
  });
});

describe('skipping a date', () => {
  test('that is not made yet keeps it from being made, and it may be kept again', async () => {
    const ana = await h.mintResident();
    const s = await start(ana);
    const third = iso(s.from + 14 * dayMs);
    expect((await post(ana, `/series/${s.id}/skip`, { from: third })).body.series.dates[2].state).toBe('skipped');
    await ahead(10);
    expect((await madeOf(s.id)).map(({ windowFrom }) => windowFrom?.toISOString())).not.toContain(third);
    const kept = await post(ana, `/series/${s.id}/keep`, { from: third });
    expect(kept.body.series.dates[2]).toMatchObject({ state: 'made', post: { state: 'open' } });
    expect((await madeOf(s.id)).filter(({ windowFrom }) => windowFrom?.toISOString() === third)).toHaveLength(1);
  });

  test('that is made takes it back and lets its helper go; the series lasts', async () => {
    const s = await scene();
    const { body } = await post(s.ana, `/series/${s.id}/skip`, { from: iso(s.from) });
    expect(body.series.dates[0]).toMatchObject({ state: 'skipped', post: null });
    expect(await openFavoursOf(h, s.ben.id)).toBe(0);
    expect(
      await wrongsOf(
        h,
        (await madeOf(s.id)).map(({ id }) => id),
        [s.ben.id],
      ),
    ).toEqual([]);
    expect((await s.read()).endedAt).toBeNull();
    await ahead(20);
    expect((await madeOf(s.id)).length).toBe(5);
  });

  test('is its author’s, on a date of its own to come, in a series that lasts', async () => {
    const s = await scene();
    const skip = (as: Resident, from: string) => post(as, `/series/${s.id}/skip`, { from });
    expect((await skip(s.ben, iso(s.from))).body.code).toBe('role.required');
    expect((await skip(await h.mintResident(), iso(s.from))).status).toBe(404);
    for (const wrong of [s.from + 1, s.from + dayMs, s.from - 7 * dayMs, s.from + 70 * dayMs])
      expect((await skip(s.ana, iso(wrong))).body.code).toBe('series.date');
    await post(s.ana, `/series/${s.id}/end`, { reason: 'solved' });
    expect((await skip(s.ana, iso(s.from))).body.code).toBe('series.ended');
  });

  test('twenty at once skip it once', async () => {
    const s = await scene();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(s.ana, `/series/${s.id}/skip`, { from: iso(s.from) })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const [first] = await madeOf(s.id);
    expect(first).toMatchObject({ state: 'withdrawn', taken: 0 });
    expect(await openFavoursOf(h, s.ben.id)).toBe(0);
  });
});

describe('ending a series', () => {
  test('takes every coming date back, releases its helpers, and makes no more', async () => {
    const s = await scene();
    expect((await post(s.ben, `/series/${s.id}/end`, { reason: 'solved' })).body.code).toBe('role.required');
    expect((await post(s.ana, `/series/${s.id}/end`, { reason: 'unwell' })).status).toBe(400);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(s.ana, `/series/${s.id}/end`, { reason: 'solved' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'series.ended')).toHaveLength(19);
    await ahead(30);
    const made = await madeOf(s.id);
    expect(made.map(({ state, endReason }) => [state, endReason])).toEqual([
      ['withdrawn', 'solved'],
      ['withdrawn', 'solved'],
    ]);
    expect(await openFavoursOf(h, s.ben.id)).toBe(0);
  });
});

describe('changing the dates to come', () => {
  const edit = (as: Resident, id: string, body: object) => h.call('PATCH', `/series/${id}`, { as, body });

  test('moves those that nobody promised to another day, after the last that is', async () => {
    const s = await scene();
    const early = { from: iso(s.from - 3_600_000), to: iso(s.from) };
    expect((await edit(s.ana, s.id, { window: early })).body.code).toBe('series.promised');
    const at = s.from + 8 * dayMs;
    const { body } = await edit(s.ana, s.id, { window: { from: iso(at), to: iso(at + 7_200_000) } });
    expect(body.series.dates.slice(0, 3)).toMatchObject([
      { from: iso(s.from), state: 'made', post: { helpersTaken: 1 } },
      { from: iso(at), to: iso(at + 7_200_000), state: 'made', post: { helpersTaken: 0 } },
      { from: iso(at + 7 * dayMs), state: 'planned' },
    ]);
    await ahead(7);
    const open = (await madeOf(s.id))
      .filter(({ state }) => state === 'open')
      .map(({ windowFrom }) => windowFrom?.getTime());
    expect(open).toEqual([at, at + 7 * dayMs]);
  });

  test('gives them other words, and a number of helpers, and a nearer end', async () => {
    const s = await scene();
    const change = { title: 'Les courses et le pain', helpersNeeded: 2, until: iso(s.from + 16 * dayMs) };
    expect((await edit(s.ana, s.id, change)).status).toBe(200);
    await ahead(40);
    const made = await madeOf(s.id);
    expect(made.map(({ title, helpersNeeded }) => [title, helpersNeeded])).toEqual([
      ['Les courses du mardi', 1],
      ['Les courses et le pain', 2],
      ['Les courses et le pain', 2],
    ]);
  });

  test('is refused to others, in words that no post may hold, and past a year', async () => {
    const s = await scene();
    expect((await edit(s.ben, s.id, { title: 'Le mien' })).body.code).toBe('role.required');
    expect((await edit(s.ana, s.id, { title: 'Je paie 20 euros' })).body.code).toBe('post.payment');
    const emergency = 'Ma mère est tombée, elle ne répond plus';
    const told = await edit(s.ana, s.id, { title: emergency });
    expect([told.status, told.body.code, told.body.numbers]).toEqual([
      422,
      'post.emergency',
      expect.arrayContaining(['15']),
    ]);
    expect((await edit(s.ana, s.id, { title: emergency, emergencySeen: true })).body.series?.title).toBe(emergency);
    expect((await edit(s.ana, s.id, { until: iso(Date.now() + 400 * dayMs) })).body.code).toBe('post.repeats');
    expect((await edit(s.ana, s.id, { window: { from: iso(s.from + dayMs), to: iso(s.from) } })).status).toBe(400);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => edit(s.ana, s.id, { title: `Courses numéro ${n}` })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(new Set((await madeOf(s.id)).slice(1).map(({ title }) => title)).size).toBe(1);
  });
});
