import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';

const h = await openHarness({ RATE_LIMITS: 'on' });
const home = await h.mintResidence();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
const live = (who: object = {}) => h.mintResident({ residenceId: home.id, stairId: null, ...who });
const invite = (as?: { cookie: string }) => h.call('POST', '/me/invitations', { as });
let n = 0;
const enter = (code: string, more: object = {}) =>
  h.call('POST', '/residents', {
    body: {
      code,
      displayName: 'Lina',
      email: `lina-${n++}-${process.pid}@example.test`,
      password,
      adult: true,
      ...more,
    },
    from: `10.9.8.${n}`,
  });
const vouches = (resident: Resident) =>
  h.db.select().from(schema.vouches).where(eq(schema.vouches.voucherId, resident.id));

test('a verified neighbour invites one: whoever enters is new, with that neighbour’s word; the code is shown once and serves once', async () => {
  const ana = await live();
  const made = await invite(ana);
  expect(made.status).toBe(201);
  const { code, link, kind } = made.body.invitation;
  expect([kind, link]).toEqual(['neighbour', `http://localhost:3000/entrer?code=${code}`]);
  const list = await h.call('GET', '/me/invitations', { as: ana });
  expect(list.body.items).toMatchObject([{ kind: 'neighbour', state: 'open', begins: code.slice(0, 4) }]);
  expect(list.text).not.toContain(code.slice(5));
  const entered = await enter(code);
  expect([entered.status, entered.body.resident.trust]).toEqual([201, 'new']);
  expect(await vouches(ana)).toMatchObject([{ residentId: entered.body.resident.id }]);
  expect((await enter(code)).status).toBe(404);
  expect((await h.call('GET', '/me/invitations', { as: ana })).body.items[0].state).toBe('used');
});

test('the charter that was read is signed at entering; another version is not', async () => {
  const { code } = await h.mintInvitation(home.id);
  const { charter } = (await h.call('GET', `/invitations/${code}`)).body;
  expect(charter).toEqual({ version: 1, text: null, reviewOn: null });
  const signed = await enter(code, { charterVersion: 1 });
  const not = await enter(code, { charterVersion: 2 });
  const rows = await h.db
    .select()
    .from(schema.charterSignatures)
    .where(eq(schema.charterSignatures.residenceId, home.id));
  expect(rows).toMatchObject([{ residentId: signed.body.resident.id, version: 1 }]);
  const cookie = String(not.headers['set-cookie']).split(';')[0] ?? '';
  const sign = (version: number) => h.call('POST', '/me/charter', { as: { cookie }, body: { version } });
  expect((await sign(2)).body.code).toBe('charter.stale');
  expect([(await sign(1)).status, (await sign(1)).status]).toEqual([204, 204]);
});

test('refuses whoever is new, and anyone in their first three days', async () => {
  expect((await invite()).status).toBe(401);
  expect((await invite(await live({ trust: 'new' }))).body.code).toBe('trust.required');
  const early = await invite(await live({ daysAgo: 2.9 }));
  expect([early.status, early.body.code]).toEqual([403, 'invitation.early']);
});

test('twenty at once, from two processes: ten are made', async () => {
  const ana = await live();
  const other = await openHarness({ RATE_LIMITS: 'on' }, { db: h.db, keys: h.deps.keys });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? other : h).call('POST', '/me/invitations', { as: ana })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
}, 60_000);
