import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../test/harness.ts';
import { mintStaff } from '../test/staff.ts';
import { newId } from './ids.ts';

const h = await openHarness();
const home = await h.mintResidence();
const referent = await mintStaff(h, { residenceId: home.id });
const at = `/residences/${home.id}/invitations`;
const make = (key: string, as = referent, kind = 'slip') =>
  h.call('POST', at, { as, body: { kind }, headers: { 'idempotency-key': key } });
const kept = (accountId: string) => h.db.select().from(schema.answers).where(eq(schema.answers.accountId, accountId));

test('a code shown once is shown again to whoever sends the same key, and lies nowhere in the database', async () => {
  const key = newId();
  const [first, again] = [await make(key), await make(key)];
  expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
  const rows = JSON.stringify(await kept(referent.id));
  expect(rows).not.toContain(first.body.invitations[0].code);
  expect(rows).not.toContain(first.body.invitations[0].id);
  expect(rows).not.toContain(key);
  const other = await make(key, referent, 'poster');
  expect([other.status, other.body.code]).toEqual([422, 'idempotency.mismatch']);
});

test('the key of one person is nothing to another: each is shown their own, and a stranger none', async () => {
  const key = newId();
  const second = await mintStaff(h, { residenceId: home.id });
  const [mine, theirs] = [await make(key), await make(key, second)];
  expect([mine.status, theirs.status]).toEqual([201, 201]);
  expect(theirs.body.invitations[0].code).not.toBe(mine.body.invitations[0].code);
  const stranger = await mintStaff(h, { residenceId: (await h.mintResidence()).id });
  expect((await make(key, stranger)).status).toBe(404);
  expect(await kept(stranger.id)).toEqual([]);
});

test('twenty at once with one key make one, whoever is answered is shown the same, and the others are told to wait', async () => {
  const key = newId();
  const answers = await Promise.all(Array.from({ length: 20 }, () => make(key)));
  const made = answers.filter(({ status }) => status === 201);
  expect(made.length).toBeGreaterThan(0);
  expect(new Set(made.map(({ text }) => text)).size).toBe(1);
  expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
    new Set(made.length < 20 ? ['idempotency.in-flight'] : []),
  );
  const id = made[0]?.body.invitations[0].id;
  const since = await h.db.select().from(schema.invitations).where(eq(schema.invitations.id, id));
  expect(since).toHaveLength(1);
});

test('a key that is none is refused, and nothing is done', async () => {
  const before = await kept(referent.id);
  for (const key of ['', ' ', 'é', 'a'.repeat(201)]) expect((await make(key)).status).toBe(400);
  expect(await kept(referent.id)).toEqual(before);
});

test('what answers nothing is done once too: a block that was lifted is not set again by the call that set it', async () => {
  const [me, them, other] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
  const headers = { 'idempotency-key': newId() };
  const block = (id: string) => h.call('POST', `/blocks/${id}`, { as: me, headers });
  const mine = () => h.db.select().from(schema.blocks).where(eq(schema.blocks.residentId, me.id));
  expect([(await block(them.id)).status, (await mine()).length]).toEqual([204, 1]);
  await h.call('DELETE', `/blocks/${them.id}`, { as: me });
  const again = await block(them.id);
  expect([again.status, again.text, (await mine()).length]).toEqual([204, '', 0]);
  const elsewhere = await block(other.id);
  expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'idempotency.mismatch']);
});

test('a word that was given and whose answer was lost is answered again, not refused as given twice', async () => {
  const { id: residenceId } = await h.mintResidence();
  const [voucher, newcomer] = [
    await h.mintResident({ residenceId, trust: 'trusted' }),
    await h.mintResident({ residenceId, trust: 'new', daysAgo: 1 }),
  ];
  const headers = { 'idempotency-key': newId() };
  const vouch = () => h.call('POST', `/residents/${newcomer.id}/vouches`, { as: voucher, headers });
  const [first, again] = [await vouch(), await vouch()];
  expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
});
