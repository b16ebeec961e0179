import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { caseOf, decide, mintDesk, reportOf } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, favourRows, mintPost, postRow, wrongsOf } from '../../test/posts.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

test('what an exclusion released stands again when it is taken back, but where somebody came or the date is past', async () => {
  const { referent, people } = await mintDesk(h, 3);
  const [author, ana, ben] = people as [Resident, Resident, Resident];
  const post = await mintPost(h, author);
  expect((await h.call('POST', '/reports', { as: ana, body: reportOf(post.id) })).status).toBe(201);
  const caseId = (await caseOf(h, post.id))?.id ?? '';
  const free = await mintPost(h, ana);
  const taken = await mintPost(h, ana);
  const late = await mintPost(h, ana);
  const own = await mintPost(h, author);
  const yes = (as: Resident, postId: string) => h.call('POST', `/posts/${postId}/favours`, { as, body: {} });
  for (const { id } of [free, taken, late]) expect((await yes(author, id)).status).toBe(201);
  expect((await yes(ben, own.id)).status).toBe(201);
  const dataProtection = 'Menaces répétées, après deux avertissements.';
  const ruled = await decide(h, referent, caseId, 'exclude', { dataProtection });
  expect((await yes(ben, taken.id)).status).toBe(201);
  await h.db
    .update(schema.posts)
    .set({ expiresAt: new Date(0) })
    .where(eq(schema.posts.id, late.id));
  expect((await decide(h, referent, caseId, 'reverse')).status).toBe(201);
  const favours = async (postId: string) =>
    (await favourRows(h, postId)).map(({ acceptedBy, state, endedAt }) => [acceptedBy, state, endedAt]);
  expect(await favours(free.id)).toEqual([[author.id, 'accepted', null]]);
  expect(await favours(own.id)).toEqual([[ben.id, 'accepted', null]]);
  expect((await favours(taken.id)).map(([, state]) => state).toSorted()).toEqual(['accepted', 'released']);
  expect((await favours(late.id)).map(([, state]) => state)).toEqual(['released']);
  const ids = [post, free, taken, late, own].map(({ id }) => id);
  expect([await wrongsOf(h, ids, [author.id, ana.id, ben.id]), (await postRow(h, free.id)).state]).toEqual([
    [],
    'filled',
  ]);
  expect((await eventsOf(h, free.id)).slice(-2).toSorted()).toEqual(['favour.accepted', 'post.filled']);
  const statement = await h.call('GET', `/decisions/${ruled.body.decision.id}`, { as: author });
  expect(statement.body.decision.promises).toEqual({ back: 2, gone: 2 });
  expect(
    (await h.call('POST', `/favours/${(await favourRows(h, free.id))[0]?.id}/done`, { as: author, body: {} })).status,
  ).toBe(200);
});
