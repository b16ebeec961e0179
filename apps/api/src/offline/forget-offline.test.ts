import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintReferent, stageActing } from '../../test/offline.ts';
import { newId } from '../ids.ts';

const h = await openHarness();
const forget = (as: { cookie: string }, id: string) => h.call('DELETE', `/offline-residents/${id}`, { as });

test('whoever asks their referent is forgotten at once: no name, no post, no session, and the log says by whom', async () => {
  const { home, referent, neighbour, acting } = await stageActing(h);
  const asked = await acting.call('POST', '/posts', { kind: 'request', category: 'errands', title: 'Du pain' });
  expect(asked.status).toBe(201);
  expect((await forget(referent, neighbour.id)).status).toBe(204);
  const list = await h.call('GET', `/residences/${home.id}/offline-residents`, { as: referent });
  expect(list.body.items).toEqual([]);
  const [row] = await h.db.select().from(schema.residents).where(eq(schema.residents.id, neighbour.id));
  expect([row?.displayName.includes('Roux'), row?.leftAt === null]).toEqual([false, false]);
  const [post] = await h.db.select().from(schema.posts).where(eq(schema.posts.id, asked.body.post.id));
  expect([post?.state, post?.title.includes('pain')]).toEqual(['withdrawn', false]);
  expect((await acting.call('GET', '/posts')).status).not.toBe(200);
  const log = await h.call('GET', `/audit?subjectId=${neighbour.id}&action=account.erase`, { as: referent });
  expect(log.body.items).toMatchObject([{ actorRole: 'referent', actor: 'Rémi' }]);
  expect((await forget(referent, neighbour.id)).status).toBe(404);
});

test('is refused to another residence’s referent, to residents, and of somebody who has an account', async () => {
  const { home, referent, neighbour } = await stageActing(h);
  const elsewhere = await mintReferent(h, (await h.mintResidence()).id);
  const resident = await h.mintResident({ residenceId: home.id, stairId: null });
  const answers = [
    await forget(elsewhere, neighbour.id),
    await forget(resident, neighbour.id),
    await forget(referent, resident.id),
    await forget(referent, newId()),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 403, 404, 404]);
});
