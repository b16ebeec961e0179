import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { newId } from '../ids.ts';

const h = await openHarness();
const dayMs = 86_400_000;
const day = (ahead: number): string => new Date(Date.now() + ahead * dayMs).toISOString().slice(0, 10);
const { accounts, campaigns, townMessages } = schema;

/** A resident of a commune of its own, and what their own page of the API and the two lists say is there. */
const settle = async (commune: string) => {
  const { id: residenceId, territoryId } = await h.mintResidence({ commune });
  const as = await h.mintResident({ residenceId, stairId: null });
  const said = async () => (await h.call('GET', '/me', { as })).body.atHome;
  const listed = async (path: string): Promise<number> => (await h.call('GET', path, { as })).body.items.length;
  return { commune, territoryId, said, listed };
};
const opened = { kit: 'heatwave' as const, openedAt: new Date(), firstDay: day(0), lastDay: day(3) };

describe('what may be read at home', () => {
  test('is nothing where nothing was ever opened or written, and for whoever lives nowhere', async () => {
    const { said } = await settle('62041');
    expect(await said()).toEqual({ campaigns: false, townMessages: false });
    const { body } = await h.call('GET', '/me', { as: await h.mintAccount() });
    expect(body.atHome).toEqual({ campaigns: false, townMessages: false });
  });

  test.each(['62065', '62119'])(
    'is a campaign of the commune or of its territory until it is closed (%s)',
    async (commune) => {
      const { said, listed, territoryId } = await settle(commune);
      const id = newId();
      await h.db.insert(campaigns).values({ id, ...opened, ...(commune === '62065' ? { commune } : { territoryId }) });
      expect([(await said()).campaigns, await listed('/campaigns')]).toEqual([true, 1]);
      await h.db.update(campaigns).set({ closedAt: new Date() }).where(eq(campaigns.id, id));
      expect([(await said()).campaigns, await listed('/campaigns')]).toEqual([false, 0]);
    },
  );

  test('is nothing for whoever is leaving, and lives nowhere meanwhile', async () => {
    const commune = '62193';
    const as = await h.mintResident({ residenceId: (await h.mintResidence({ commune })).id, stairId: null });
    await h.db.insert(campaigns).values({ id: newId(), ...opened, commune });
    await h.db
      .update(accounts)
      .set({ eraseAt: new Date(Date.now() + 9 * dayMs) })
      .where(eq(accounts.id, as.accountId));
    const { body } = await h.call('GET', '/me', { as });
    expect(body).toMatchObject({ residence: null, atHome: { campaigns: false, townMessages: false } });
  });

  test('is never left out while it runs, whatever day it is there, and not told long before or after', async () => {
    const { commune, said } = await settle('62160');
    for (const [firstDay, lastDay, may] of [
      [day(-9), day(0), true],
      [day(-9), day(-1), true],
      [day(1), day(9), true],
      [day(3), day(9), false],
      [day(-9), day(-3), false],
    ] as const) {
      const id = newId();
      await h.db.insert(campaigns).values({ id, ...opened, commune, firstDay, lastDay });
      expect((await said()).campaigns, `${firstDay} to ${lastDay}`).toBe(may);
      await h.db.delete(campaigns).where(eq(campaigns.id, id));
    }
  });

  test('is what the town wrote this week', async () => {
    const { commune, said, listed } = await settle('62178');
    const write = (writtenAt: Date) =>
      h.db
        .insert(townMessages)
        .values({ id: newId(), commune, purpose: 'works', title: 'Travaux', text: 'Lundi.', writtenAt });
    await write(new Date(Date.now() - 8 * dayMs));
    expect([(await said()).townMessages, await listed('/town-messages')]).toEqual([false, 0]);
    await write(new Date(Date.now() - 6 * dayMs));
    expect([(await said()).townMessages, await listed('/town-messages')]).toEqual([true, 1]);
  });
});
