import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { favourRows, mintPost, postRow, wrongsOf } from '../../test/posts.ts';
import { newId } from '../ids.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

const block = (as: Resident, id: string) => h.call('POST', `/blocks/${id}`, { as });
const lift = (as: Resident, id: string) => h.call('DELETE', `/blocks/${id}`, { as });
const accept = (as: Resident, postId: string) => h.call('POST', `/posts/${postId}/favours`, { as, body: {} });
const sees = async (as: Resident, postId: string): Promise<boolean[]> => {
  const feed = await h.call('GET', '/posts?sort=recent&limit=100', { as });
  return [
    feed.body.items.some(({ id }: { id: string }) => id === postId),
    (await h.call('GET', `/posts/${postId}`, { as })).status === 200,
  ];
};
const eventsBetween = (a: Resident, b: Resident) =>
  h.db
    .select()
    .from(schema.outbox)
    .where(and(eq(schema.outbox.kind, 'block'), eq(schema.outbox.sideA, a.id), eq(schema.outbox.sideB, b.id)));

describe('a block', () => {
  test('is listed to whoever set it, with a first name and a date, until it is lifted; never to the other', async () => {
    const [ana, ben, eve] = [
      await h.mintResident(),
      await h.mintResident({ displayName: 'Ben' }),
      await h.mintResident(),
    ];
    const listed = async (as: Resident) => (await h.call('GET', '/blocks', { as })).body.items;
    await block(ana, ben.id);
    await block(eve, ana.id);
    expect(await listed(ana)).toEqual([{ residentId: ben.id, displayName: 'Ben', since: expect.any(String) }]);
    expect(await listed(ben)).toEqual([]);
    await lift(ana, ben.id);
    expect(await listed(ana)).toEqual([]);
  });

  test('hides both from each other, whoever set it, until that one lifts it; twice is once', async () => {
    const residence = await h.mintResidence();
    const [ana, ben] = [
      await h.mintResident({ residenceId: residence.id, stairId: null }),
      await h.mintResident({ residenceId: residence.id, stairId: null }),
    ];
    const [hers, his] = [await mintPost(h, ana), await mintPost(h, ben)];
    expect([await sees(ana, his.id), await sees(ben, hers.id)]).toEqual([
      [true, true],
      [true, true],
    ]);
    expect([(await block(ana, ben.id)).status, (await block(ana, ben.id)).status]).toEqual([204, 204]);
    expect([await sees(ana, his.id), await sees(ben, hers.id)]).toEqual([
      [false, false],
      [false, false],
    ]);
    expect([(await accept(ana, his.id)).status, (await accept(ben, hers.id)).status]).toEqual([404, 404]);
    expect((await lift(ben, ana.id)).status).toBe(204);
    expect(await sees(ben, hers.id)).toEqual([false, false]);
    expect((await lift(ana, ben.id)).status).toBe(204);
    expect([await sees(ana, his.id), await sees(ben, hers.id)]).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(await eventsBetween(ana, ben)).toMatchObject([{ change: 'set' }, { change: 'lifted' }]);
    expect(await eventsBetween(ben, ana)).toEqual([]);
    const logged = await h.db.select().from(schema.audit).where(eq(schema.audit.actorId, ana.accountId));
    expect(logged.map(({ action }) => action)).toEqual(['block.set', 'block.lift']);
  });

  test('releases what the two had promised each other, and whoever stood by takes the place', async () => {
    const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
    const [post, other, offer] = [
      await mintPost(h, ana),
      await mintPost(h, ana),
      await mintPost(h, ben, { kind: 'offer' }),
    ];
    for (const [who, id] of [
      [ben, post.id],
      [chloe, post.id],
      [ben, other.id],
      [ana, offer.id],
    ] as const)
      expect((await accept(who, id)).status).toBe(201);
    await block(ana, ben.id);
    const states = async (id: string) =>
      (await favourRows(h, id)).sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ state }) => state);
    expect([await states(post.id), await states(other.id), await states(offer.id)]).toEqual([
      ['released', 'accepted'],
      ['released'],
      ['released'],
    ]);
    expect([
      (await postRow(h, post.id)).state,
      (await postRow(h, other.id)).state,
      (await postRow(h, offer.id)).state,
    ]).toEqual(['filled', 'open', 'open']);
    expect(await wrongsOf(h, [post.id, other.id, offer.id], [ana.id, ben.id, chloe.id])).toEqual([]);
  });

  test('of oneself, of nobody, or by a visitor is refused; a lift of nothing changes nothing', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    expect([
      (await block(ana, ana.id)).status,
      (await block(ana, newId())).status,
      (await block(ana, 'x')).status,
    ]).toEqual([404, 404, 400]);
    expect((await h.call('POST', `/blocks/${ben.id}`)).status).toBe(401);
    expect((await lift(ana, ben.id)).status).toBe(204);
    expect(await eventsBetween(ana, ben)).toEqual([]);
  });

  test('twenty at once are one', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => block(ana, ben.id)));
    expect(answers.every(({ status }) => status === 204)).toBe(true);
    expect(await eventsBetween(ana, ben)).toHaveLength(1);
  });

  test('set while the other says yes leaves no promise between them, thirty times', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const outcomes = new Set<number>();
    for (let round = 0; round < 30; round++) {
      const post = await mintPost(h, ana, { kind: round % 2 ? 'offer' : 'request' });
      const [answer, blocked] = await Promise.all([
        accept(ben, post.id),
        block(round % 3 ? ana : ben, (round % 3 ? ben : ana).id),
      ]);
      expect(blocked.status).toBe(204);
      outcomes.add(answer.status);
      expect((await favourRows(h, post.id)).filter(({ state }) => state === 'accepted' || state === 'standby')).toEqual(
        [],
      );
      expect(await wrongsOf(h, [post.id], [ben.id])).toEqual([]);
      await Promise.all([lift(ana, ben.id), lift(ben, ana.id)]);
    }
    expect([...outcomes].every((status) => status === 201 || status === 404)).toBe(true);
  }, 30_000);
});
