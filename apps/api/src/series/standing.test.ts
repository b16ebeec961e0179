import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openFavoursOf, wrongsOf } from '../../test/posts.ts';
import { openSeriesFacts } from '../../test/series-facts.ts';

const { h, ahead, post, madeOf, say, scene, agreed } = await openSeriesFacts();

describe('the same person each time', () => {
  test('once both wish it, has every free date and each new one, and hears of each', async () => {
    const s = await scene();
    expect((await post(s.ben, `/series/${s.id}/standing`)).body.series.standings).toMatchObject([{ state: 'asked' }]);
    expect((await s.read()).standings).toMatchObject([{ state: 'asked', person: { displayName: 'Ben' } }]);
    const { body } = await post(s.ana, `/series/${s.id}/standing`, { person: s.ben.id });
    expect(body.series.standings).toMatchObject([{ state: 'agreed' }]);
    expect((await madeOf(s.id)).map(({ state }) => state)).toEqual(['filled', 'filled']);
    await Promise.all(Array.from({ length: 10 }, () => ahead(7)));
    const made = await madeOf(s.id);
    expect(made.map(({ state }) => state)).toEqual(['filled', 'filled', 'filled']);
    expect(await openFavoursOf(h, s.ben.id)).toBe(3);
    expect(
      await wrongsOf(
        h,
        made.map(({ id }) => id),
        [s.ben.id],
      ),
    ).toEqual([]);
    const told = await h.db.select().from(schema.outbox).where(eq(schema.outbox.change, 'standing'));
    expect(told.filter(({ sideA }) => sideA === s.ben.id)).toHaveLength(2);
    const notices = await h.db.select().from(schema.notifications).where(eq(schema.notifications.kind, 'series'));
    const mine = notices.filter(({ accountId }) => [s.ana.accountId, s.ben.accountId].includes(accountId));
    expect(mine.map(({ accountId, turn }) => [accountId, turn.split(':')[0]])).toEqual([
      [s.ana.accountId, 'wished'],
      [s.ben.accountId, 'agreed'],
    ]);
  });

  test('leaves a date open to all when they hold five favours, are blocked, or may not help with it', async () => {
    const full = await agreed();
    for (let n = 0; n < 3; n++) {
      const other = await h.mintResident();
      const { body } = await post(other, '/posts', { kind: 'request', category: 'pets', title: 'Nourrir le chat' });
      expect(await say(full.ben, body.post.id)).toBeDefined();
    }
    const blocked = await agreed();
    await post(blocked.ben, `/blocks/${blocked.ana.id}`);
    const unknown = await agreed({ category: 'transport' });
    await h.db.update(schema.residents).set({ trust: 'new' }).where(eq(schema.residents.id, unknown.ben.id));
    await ahead(7);
    for (const s of [full, blocked, unknown])
      expect((await madeOf(s.id)).at(-1)).toMatchObject({ state: 'open', taken: 0 });
    expect(await openFavoursOf(h, full.ben.id)).toBe(5);
  });

  test('ends when either says so: what is promised stays, new dates open to all', async () => {
    const s = await agreed();
    expect((await post(s.ben, `/series/${s.id}/standing/stop`)).body.series.standings).toEqual([]);
    await ahead(7);
    expect((await madeOf(s.id)).map(({ state }) => state)).toEqual(['filled', 'filled', 'open']);
    expect((await post(s.ben, `/series/${s.id}/standing/stop`)).status).toBe(404);
  });

  test('is for those who came to a date, and for one at a time among twenty', async () => {
    const s = await scene({ helpersNeeded: 3 });
    const stranger = await h.mintResident();
    expect((await post(stranger, `/series/${s.id}/standing`)).status).toBe(404);
    expect((await post(s.ana, `/series/${s.id}/standing`, { person: stranger.id })).status).toBe(404);
    expect((await post(s.ana, `/series/${s.id}/standing`)).status).toBe(404);
    const chloe = await h.mintResident();
    await say(chloe, s.firstId);
    for (const helper of [s.ben, chloe]) await post(helper, `/series/${s.id}/standing`);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        post(s.ana, `/series/${s.id}/standing`, { person: n % 2 ? s.ben.id : chloe.id }),
      ),
    );
    expect(answers.filter(({ body }) => body.code === 'series.standing')).toHaveLength(10);
    expect((await s.read()).standings.map(({ state }: { state: string }) => state).sort()).toEqual(['agreed', 'asked']);
  });
});
