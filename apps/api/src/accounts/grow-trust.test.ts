import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintPost } from '../../test/posts.ts';
import { growTrust } from './grow-trust.ts';

const h = await openHarness();
const home = await h.mintResidence();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
const live = (who: object = {}) => h.mintResident({ residenceId: home.id, stairId: null, ...who });
const run = () => growTrust({ ...h.deps, actor: null, now: new Date(), ip: '', locale: 'fr', tx: null });
const trustOf = async ({ id }: Resident) =>
  (await h.db.select().from(schema.residents).where(eq(schema.residents.id, id)))[0]?.trust;
const help = async (helper: Resident, whom: Resident) => {
  const post = await mintPost(h, whom);
  const { favour } = (await h.call('POST', `/posts/${post.id}/favours`, { as: helper, body: {} })).body;
  const done = await h.call('POST', `/favours/${favour.id}/done`, { as: whom, body: {} });
  expect(done.status).toBe(200);
};

test('three people helped and a month make a known resident trusted, once; one friend three times, an invitee or a new account do not', async () => {
  const [good, friend, puppeteer, hurried] = [await live(), await live(), await live(), await live({ daysAgo: 20 })];
  const others = await Promise.all([live(), live(), live()]);
  for (const one of others) {
    await help(good, one);
    await help(hurried, one);
  }
  for (const _ of [1, 2, 3]) await help(friend, others[0] as Resident);
  for (const _ of [1, 2, 3]) {
    const puppet = await live();
    await h.db.update(schema.residents).set({ invitedBy: puppeteer.id }).where(eq(schema.residents.id, puppet.id));
    await help(puppeteer, puppet);
  }
  await Promise.all([run(), run()]);
  expect(await Promise.all([good, friend, puppeteer, hurried].map(trustOf))).toEqual([
    'trusted',
    'known',
    'known',
    'known',
  ]);
  expect(await run()).toBe(0);
  const events = await h.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, good.accountId));
  expect(events.filter(({ kind, change }) => kind === 'rights' && change === 'trust')).toHaveLength(1);
  expect((await h.call('GET', '/me/trust', { as: good })).body).toMatchObject({
    trust: 'trusted',
    from: 'favours',
    peopleHelped: 3,
  });
});
