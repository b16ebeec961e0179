import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { dayInFrance } from '../../../test/day-in-france.ts';
import { openHarness } from '../../../test/harness.ts';
import { mintReferent, openSession, stageActing, welcomeNeighbour } from '../../../test/offline.ts';
import { newId } from '../../ids.ts';

const h = await openHarness();
const today = dayInFrance();

/** A campaign in the residence of a neighbour without internet, whose referent lives elsewhere. */
const stageCampaign = async () => {
  const staged = await stageActing(h, { commune: '88465' }); // where no other suite opens a kit
  const { commune } = staged.home;
  const officer = await h.mintAccount('Olga');
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId: officer.id, role: 'officer', commune });
  const body = { kit: 'heatwave', firstDay: today, lastDay: today };
  const opened = await h.call('POST', `/communes/${commune}/campaigns`, { as: officer, body });
  const path = `/campaigns/${opened.body.campaign?.id}/tasks`;
  return { ...staged, path, close: () => h.call('POST', path.replace('tasks', 'close'), { as: officer }) };
};

test('a referent who lives elsewhere opens a task for a neighbour without internet, in their name; none in their own', async () => {
  const { home, referent, neighbour, acting, path, close } = await stageCampaign();
  expect((await h.call('POST', path, { as: referent, body: { task: 'shutters' } })).status).toBe(403);
  const { status, body } = await acting.call('POST', path, { task: 'shutters' });
  expect(status).toBe(201);
  expect(body.post).toMatchObject({ kind: 'request', author: { id: neighbour.id }, mine: true, viaReferent: true });
  const [there] = (await h.call('GET', `/residences/${home.id}/campaigns`, { as: referent })).body.items;
  expect(there.tasks.find(({ id }: { id: string }) => id === 'shutters').postId).toBe(body.post.id);
  const [entry] = await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, body.post.id));
  expect(entry).toMatchObject({ action: 'post.create', actorId: referent.id, onBehalfOf: neighbour.id });
  expect((await acting.call('POST', path, { task: 'shutters' })).body.code).toBe('task.opened');
  await close();
});

test('twenty at once for one neighbour open one task; a referent of another residence opens none here', async () => {
  const { acting, path, close } = await stageCampaign();
  const answers = await Promise.all(Array.from({ length: 20 }, () => acting.call('POST', path, { task: 'shutters' })));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const far = await h.mintResidence({ commune: '31555' });
  const stranger = await mintReferent(h, far.id);
  const theirs = await openSession(h, stranger, (await welcomeNeighbour(h, stranger, far.id)).id);
  expect((await theirs.call('POST', path, { task: 'fresh-water' })).status).toBe(404);
  await close();
});
