import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintPost } from '../../test/posts.ts';
import { type Side, talksOf } from '../../test/talks.ts';
import { newId } from '../ids.ts';
import { purgeDoors } from './index.ts';

let ahead = 0;
const hourMs = 3_600_000;
const h = await openHarness({}, { clock: () => new Date(Date.now() + ahead) });
const { detail, accept, act, pair, say } = talksOf(h);
const given = { floor: '3e', door: 'gauche', note: 'Sonnez deux fois' };
const share = (as: Side | undefined, talkId: string, body: object = given, headers: Record<string, string> = {}) =>
  h.call('POST', `/conversations/${talkId}/door`, { as, body, headers });
const takeBack = (as: Side, talkId: string) => h.call('DELETE', `/conversations/${talkId}/door`, { as });
const doors = async (as: Side, talkId: string) => (await detail(as, talkId)).body.conversation.doors;
const kept = (ownerId: string) => h.db.select().from(schema.sharedDoors).where(eq(schema.sharedDoors.ownerId, ownerId));

test('whoever lives behind it shows it to the other side, changes it, and takes it back', async () => {
  const { ana, ben, talkId } = await pair();
  expect(await doors(ben, talkId)).toEqual([]);
  const shared = await share(ana, talkId);
  expect([shared.status, shared.headers['cache-control']]).toEqual([200, 'private, no-store']);
  expect(shared.body.door).toEqual({ ...given, address: '1 rue des Essais', until: null, seenBy: ['Ben'] });
  expect(await doors(ben, talkId)).toEqual([
    { owner: { id: ana.id, displayName: 'Ana' }, address: '1 rue des Essais', ...given, until: null },
  ]);
  expect(await doors(ana, talkId)).toEqual([]);
  await share(ana, talkId, { note: 'Code affiché au hall' });
  expect((await doors(ben, talkId))[0]).toMatchObject({ floor: '', door: '', note: 'Code affiché au hall' });
  expect((await takeBack(ana, talkId)).status).toBe(204);
  expect([await doors(ben, talkId), await kept(ana.id)]).toEqual([[], []]);
  expect((await detail(ana, talkId)).body.conversation).toMatchObject({ myDoor: null, mayShareDoor: true });
  const logged = await h.db.select().from(schema.audit).where(eq(schema.audit.actorId, ana.accountId));
  expect(logged.map(({ action }) => action)).toEqual(['door.share', 'door.share', 'door.take-back']);
});

test('the helper may show theirs as well; a stranger, a standby and a visitor reach neither gesture', async () => {
  const { ana, ben, post, talkId } = await pair();
  const [stranger, waiting] = [await h.mintResident(), await h.mintResident()];
  await accept(waiting, post.id);
  await share(ben, talkId);
  expect((await doors(ana, talkId))[0].owner.displayName).toBe('Ben');
  for (const who of [stranger, waiting])
    expect([(await share(who, talkId)).status, (await takeBack(who, talkId)).status]).toEqual([404, 404]);
  expect((await share(undefined, talkId)).status).toBe(401);
  for (const body of [{ note: 'n'.repeat(141) }, { address: '2 rue' }, { door: 3 }])
    expect((await share(ana, talkId, body)).status).toBe(400);
});

test('no key makes it come back: what was answered before is never answered again', async () => {
  const { ana, ben, talkId } = await pair();
  const key = { 'idempotency-key': newId() };
  await share(ana, talkId, given, key);
  await takeBack(ana, talkId);
  expect(await doors(ben, talkId)).toEqual([]);
  const { rows } = await h.pool.query(`select count(*)::int as n from answers where body like '%rue des Essais%'`);
  expect(rows[0].n).toBe(0);
});

test('is hidden 24 h after the favour was done, at once when it ends otherwise, and forgotten', async () => {
  const { ana, ben, talkId } = await pair();
  await share(ana, talkId);
  await act(ben, talkId, 'done', {});
  expect((await doors(ben, talkId))[0].until).not.toBeNull();
  expect((await share(ana, talkId)).body.code).toBe('door.closed');
  expect(await purgeDoors(h.db, new Date())).toBe(0);
  ahead += 23 * hourMs;
  expect(await doors(ben, talkId)).toHaveLength(1);
  await act(ana, talkId, 'thank', { text: 'Merci' });
  ahead += hourMs + 60_000;
  expect(await doors(ben, talkId)).toEqual([]);
  expect((await detail(ana, talkId)).body.conversation.myDoor).toBeNull();
  await purgeDoors(h.db, h.deps.clock());
  ahead = 0;
  expect(await kept(ana.id)).toEqual([]);
  for (const [who, verb, reason] of [
    ['ben', 'withdraw', 'unwell'],
    ['ana', 'decline', 'not-this-time'],
    ['ana', 'no-show', 'nobody-came'],
  ] as const) {
    const sides = await pair();
    await share(sides.ana, sides.talkId);
    await act(sides[who], sides.talkId, verb, { reason });
    expect([verb, await doors(sides.ben, sides.talkId)]).toEqual([verb, []]);
    expect((await share(sides.ana, sides.talkId)).body.code).toBe('door.closed');
    await purgeDoors(h.db, new Date());
    expect(await kept(sides.ana.id)).toEqual([]);
  }
});

test('a block takes it away at once', async () => {
  const { ana, ben, talkId } = await pair();
  await share(ana, talkId);
  await h.call('POST', `/blocks/${ana.id}`, { as: ben });
  expect([(await detail(ben, talkId)).status, (await share(ana, talkId)).status]).toEqual([404, 404]);
  await h.call('DELETE', `/blocks/${ana.id}`, { as: ben });
  expect(await doors(ben, talkId)).toEqual([]);
});

test('is never shown to somebody who has just arrived, even when they were known before', async () => {
  const { ana, ben, talkId } = await pair({}, { trust: 'new' });
  expect((await share(ana, talkId)).body.code).toBe('door.newcomer');
  expect((await detail(ana, talkId)).body.conversation.mayShareDoor).toBe(false);
  await h.db.update(schema.residents).set({ trust: 'known' }).where(eq(schema.residents.id, ben.id));
  expect((await share(ana, talkId)).status).toBe(200);
  expect(await doors(ben, talkId)).toHaveLength(1);
  await h.db.update(schema.residents).set({ trust: 'new' }).where(eq(schema.residents.id, ben.id));
  expect(await doors(ben, talkId)).toEqual([]);
});

test('helpers of one post see the author’s, given to each by a gesture; not each other’s, and not once they left', async () => {
  const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
  const post = await mintPost(h, ana, { helpersNeeded: 2 });
  const favourId = await accept(ben, post.id);
  await share(ana, post.id);
  await accept(chloe, post.id);
  expect([(await doors(ben, post.id)).length, (await doors(chloe, post.id)).length]).toEqual([1, 0]);
  await share(ana, post.id);
  await share(chloe, post.id);
  expect([
    (await doors(ana, post.id)).length,
    (await doors(ben, post.id)).length,
    (await doors(chloe, post.id)).length,
  ]).toEqual([1, 1, 1]);
  await act(ben, favourId, 'withdraw', { reason: 'no-time' });
  expect(await doors(ben, post.id)).toEqual([]);
  await accept(ben, post.id);
  expect(await doors(ben, post.id)).toEqual([]);
});

test('twenty gestures at once leave one door, or none', async () => {
  const { ana, ben, talkId } = await pair();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => share(ana, talkId, { floor: `${n}` })));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(await doors(ben, talkId)).toHaveLength(1);
  await Promise.all(Array.from({ length: 20 }, () => takeBack(ana, talkId)));
  expect(await kept(ana.id)).toEqual([]);
  expect((await say(ben, talkId)).status).toBe(201);
});
