import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
const home = await h.mintResidence();
const live = (who: object = {}) => h.mintResident({ residenceId: home.id, stairId: null, ...who });
const arrive = () => live({ trust: 'new', daysAgo: 1 });
const vouch = (as: Resident, whom: Resident) => h.call('POST', `/residents/${whom.id}/vouches`, { as });
const trustOf = async (resident: Resident) => (await h.call('GET', '/me/trust', { as: resident })).body.trust;
const set = (resident: Resident, to: Partial<typeof schema.residents.$inferInsert>) =>
  h.db.update(schema.residents).set(to).where(eq(schema.residents.id, resident.id));

describe('vouching', () => {
  test('two known neighbours make a new one known, and their sockets hear of it', async () => {
    const [ana, ben, jo] = [await live(), await live(), await arrive()];
    const first = await vouch(ana, jo);
    expect([first.status, first.body]).toMatchObject([200, { resident: { trust: 'new' }, mine: true }]);
    expect((await h.call('GET', '/me/trust', { as: jo })).body).toMatchObject({ vouches: 1, vouchesNeeded: 2 });
    expect((await vouch(ben, jo)).body.resident.trust).toBe('known');
    expect(await trustOf(jo)).toBe('known');
    const events = await h.db
      .select()
      .from(schema.outbox)
      .where(and(eq(schema.outbox.kind, 'rights'), eq(schema.outbox.sideA, jo.accountId)));
    expect(events.map(({ change }) => change)).toEqual(['trust']);
    expect((await h.call('GET', '/notifications', { as: jo })).body.items).toMatchObject([
      { kind: 'account', href: '/moi/confiance' },
    ]);
    expect((await h.call('GET', `/residents/${jo.id}/vouches`, { as: ana })).body.mine).toBe(true);
  });

  test('refuses the stranger, whoever is new, oneself, and a pair behind a block', async () => {
    const [ana, jo, far] = [await live(), await arrive(), await h.mintResident()];
    expect((await vouch(far, jo)).status).toBe(404);
    expect((await h.call('GET', `/residents/${jo.id}/vouches`, { as: far })).status).toBe(404);
    expect((await vouch(await arrive(), jo)).body.code).toBe('trust.required');
    expect((await vouch(ana, ana)).body.code).toBe('vouch.own');
    await h.db.insert(schema.blocks).values({ residentId: jo.id, blockedId: ana.id });
    expect((await vouch(ana, jo)).status).toBe(404);
  });

  test('refuses a second word of the same neighbour, and a word for whoever is known', async () => {
    const [ana, ben, jo] = [await live(), await live(), await arrive()];
    await vouch(ana, jo);
    const again = await vouch(ana, jo);
    expect([again.status, again.body.code]).toEqual([409, 'vouch.exists']);
    expect(await trustOf(jo)).toBe('new');
    const late = await vouch(ana, ben);
    expect([late.status, late.body.code]).toEqual([409, 'vouch.needless']);
  });

  test('twenty words of one neighbour at once count as one; of twenty neighbours, one change of trust', async () => {
    const [ana, jo] = [await live(), await arrive()];
    const alone = await Promise.all(Array.from({ length: 20 }, () => vouch(ana, jo)));
    expect(alone.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await trustOf(jo)).toBe('new');
    const many = await Promise.all(Array.from({ length: 20 }, () => live()));
    const answers = await Promise.all(many.map((one) => vouch(one, jo)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1); // the second word; the rest come too late
    expect(answers.filter(({ body }) => body.code === 'vouch.needless')).toHaveLength(19);
    const acts = await h.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, jo.accountId));
    expect(acts.filter(({ kind, change }) => kind === 'rights' && change === 'trust')).toHaveLength(1);
  });
});

describe('sock puppets on one stair', () => {
  test('an owner of many accounts lifts none: whom they invited does not count beside them, nor two of them together', async () => {
    const [boss, jo] = [await live(), await arrive()];
    const puppets = await Promise.all([1, 2, 3].map(() => live()));
    for (const puppet of puppets) await set(puppet, { invitedBy: boss.id });
    for (const one of [boss, ...puppets]) expect((await vouch(one, jo)).status).toBe(200);
    expect(await trustOf(jo)).toBe('new');
    await vouch(await live(), jo); // somebody of flesh and blood
    expect(await trustOf(jo)).toBe('known');
  });

  test('accounts made known by neighbours do not lift others, and words of those who fell or moved away count no more', async () => {
    const [ana, ben, jo, climber] = [await live(), await live(), await arrive(), await live()];
    await set(climber, { trustFrom: 'neighbours' });
    expect((await vouch(climber, jo)).body.code).toBe('trust.required');
    await vouch(ana, jo);
    await set(ana, { trust: 'new' });
    await vouch(ben, jo);
    expect(await trustOf(jo)).toBe('new');
    await set(ben, { residenceId: (await h.mintResidence()).id });
    expect((await h.call('GET', '/me/trust', { as: jo })).body.vouches).toBe(0);
  });

  test('one neighbour makes three known in 30 days, over as many processes as there are', async () => {
    const ana = await live();
    const arrivals = await Promise.all(Array.from({ length: 8 }, arrive));
    const answers = await Promise.all(arrivals.map((one) => vouch(ana, one)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ body }) => body.code === 'rate.vouches')).toHaveLength(5);
  });
});
