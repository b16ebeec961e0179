import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintPost } from '../../test/posts.ts';
import { newId } from '../ids.ts';

const h = await openHarness({ RATE_LIMITS: 'on' });
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
const codeTo = async (kind: 'poster' | 'slip' = 'poster') => {
  const residence = await h.mintResidence();
  return { residence, ...(await h.mintInvitation(residence.id, kind)) };
};
const move = (as: Resident | undefined, code: string, more: object = {}) =>
  h.call('POST', '/me/residence', { as, body: { code, ...more } });

test('a resident moves by a code, with the trust that this code gives, and reads on from there', async () => {
  const jo = await h.mintResident({ trust: 'trusted' });
  const { residence, code } = await codeTo();
  const referent = await h.mintAccount('Rachel');
  await h.db
    .insert(schema.roleGrants)
    .values({ id: newId(), accountId: referent.id, role: 'referent', residenceId: residence.id });
  const answer = await move(jo, code, { stairId: residence.stairs[0]?.id, floor: 2 });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    residence: { id: residence.id },
    roles: [{ role: 'resident', residenceId: residence.id }],
    resident: { trust: 'new', floor: 2, stair: { id: residence.stairs[0]?.id } },
  });
  const events = await h.db
    .select()
    .from(schema.outbox)
    .where(and(eq(schema.outbox.kind, 'rights'), eq(schema.outbox.sideA, jo.accountId)));
  expect(events.map(({ change }) => change)).toContain('residence');
  const told = await h.call('GET', '/notifications', { as: referent });
  expect(told.body.items).toMatchObject([{ kind: 'account', href: '/bureau/residences' }]);
});

test('refuses who is not a resident, a wrong code, the same residence, and a stair of another', async () => {
  const { code, residence } = await codeTo();
  const jo = await h.mintResident();
  expect((await move(undefined, code)).status).toBe(401);
  expect((await h.call('POST', '/me/residence', { as: await h.mintAccount(), body: { code } })).status).toBe(403);
  expect((await move(jo, 'AAAA-BBBB-CCCC-DDDD')).body.code).toBe('invitation.absent');
  expect((await move(jo, (await h.mintInvitation(jo.residenceId)).code)).body.code).toBe('residence.same');
  expect((await move(jo, code, { stairId: (await h.mintResidence()).stairs[0]?.id })).body.code).toBe('stair.foreign');
  const dweller = await h.mintResident({ residenceId: residence.id });
  expect((await move(dweller, code)).body.code).toBe('residence.same');
});

test('refuses while a post of theirs lives, and after two moves in 30 days', async () => {
  const jo = await h.mintResident();
  const post = await mintPost(h, jo);
  const busy = await move(jo, (await codeTo()).code);
  expect([busy.status, busy.body.code]).toEqual([409, 'residence.busy']);
  await h.call('POST', `/posts/${post.id}/withdraw`, { as: jo, body: { reason: 'solved' } });
  for (const wanted of [200, 200, 429]) expect((await move(jo, (await codeTo()).code)).status).toBe(wanted);
  await h.db
    .update(schema.residenceMoves)
    .set({ movedAt: new Date(Date.now() - 31 * 86_400_000) })
    .where(eq(schema.residenceMoves.residentId, jo.id));
  expect((await move(jo, (await codeTo()).code)).status).toBe(200);
});

test('twenty at once with one slip: one moves; twenty moves of one at once: two', async () => {
  const { code } = await codeTo('slip');
  const people = await Promise.all(Array.from({ length: 20 }, () => h.mintResident()));
  const answers = await Promise.all(people.map((one) => move(one, code)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const jo = await h.mintResident();
  const codes = await Promise.all(Array.from({ length: 8 }, () => codeTo()));
  const moves = await Promise.all(codes.map((one) => move(jo, one.code)));
  expect(moves.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(2);
  expect(
    await h.db.select().from(schema.residenceMoves).where(eq(schema.residenceMoves.residentId, jo.id)),
  ).toHaveLength(moves.filter(({ status }) => status === 200).length);
}, 60_000);
