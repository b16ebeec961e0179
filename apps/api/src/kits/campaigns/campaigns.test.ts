import { schema } from '@palier/db';
import type { CampaignLine } from '@palier/domain/kits';
import { findKit } from '@palier/kits';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { dayInFrance } from '../../../test/day-in-france.ts';
import { openHarness } from '../../../test/harness.ts';
import { mintStaff } from '../../../test/staff.ts';
import { newId } from '../../ids.ts';
import { readCampaignIndicators } from '../index.ts';

const h = await openHarness({}, {}, undefined, true);
const heatwave = { kit: 'heatwave', firstDay: dayInFrance(0), lastDay: dayInFrance(9) };

/** A commune with a home, its officer, its coordinator and a resident who is its referent. */
const mintTown = async (commune: string) => {
  const home = await h.mintResidence({ commune });
  const officer = await h.mintAccount('Olga');
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId: officer.id, role: 'officer', commune });
  const referent = await h.mintResident({ residenceId: home.id, stairId: null, displayName: 'Rita' });
  const grant = { id: newId(), accountId: referent.accountId, role: 'referent', residenceId: home.id } as const;
  await h.db.insert(schema.roleGrants).values(grant);
  const coordinator = await mintStaff(h, { territoryId: home.territoryId });
  const open = (as: { cookie: string } | undefined, body: object = heatwave) =>
    h.call('POST', `/communes/${commune}/campaigns`, { as, body });
  const lines = async (as: { cookie: string }): Promise<CampaignLine[]> =>
    (await h.call('GET', `/communes/${commune}/campaigns`, { as })).body.items;
  return { commune, home, officer, referent, coordinator, open, lines };
};
type Town = Awaited<ReturnType<typeof mintTown>>;
const openTask = (as: { cookie: string }, campaignId: string, task = 'lend-fan') =>
  h.call('POST', `/campaigns/${campaignId}/tasks`, { as, body: { task } });
const tasksAt = async ({ home, referent }: Town) =>
  (await h.call('GET', `/residences/${home.id}/campaigns`, { as: referent })).body.items;

test('an officer opens a kit: referents are told, each residence sees its tasks, and one tap makes a post of one', async () => {
  const town = await mintTown('01173');
  const opened = await town.open(town.officer);
  expect(opened.status).toBe(201);
  const { id } = opened.body.campaign;
  expect(opened.body.campaign).toMatchObject({ title: 'Canicule', extent: 'commune', stage: 'running' });
  const { body: told } = await h.call('GET', '/notifications', { as: town.referent });
  expect(told.items.map((one: { title: string }) => one.title)).toEqual(['Une campagne s’ouvre']);

  const [mine] = (await h.call('GET', '/campaigns', { as: town.referent })).body.items;
  expect(mine.tasks.map((one: { id: string; postId: null }) => [one.id, one.postId])).toEqual(
    findKit('heatwave', 'fr').tasks.map((task) => [task.id, null]),
  );
  const { status, body } = await openTask(town.referent, id);
  expect(status).toBe(201);
  expect(body.post).toMatchObject({ kind: 'offer', category: 'lending', audience: 'residence', state: 'open' });
  const [there] = await tasksAt(town);
  expect(there.tasks.find((one: { id: string }) => one.id === 'lend-fan').postId).toBe(body.post.id);

  const [line] = await town.lines(town.officer);
  expect(line?.outcome).toMatchObject({
    residences: { value: 1 },
    reached: { value: 1 },
    opened: { value: 1, suppressed: false, unit: 'posts' },
    done: { value: null, suppressed: true, unit: 'favours' },
    people: { value: null, suppressed: true, unit: 'people' },
  });
  expect(await readCampaignIndicators(h.db, town.commune, new Date())).toMatchObject({
    open: { value: 1, unit: 'campaigns' },
    opened: { value: 1 },
    done: { suppressed: true },
  });
});

test('a task is opened once a residence: of twenty at once one wins; again only when its post ended early', async () => {
  const town = await mintTown('01143');
  const { id } = (await town.open(town.coordinator)).body.campaign;
  const neighbours = await Promise.all(
    Array.from({ length: 20 }, () => h.mintResident({ residenceId: town.home.id, stairId: null })),
  );
  const answers = await Promise.all(neighbours.map((one) => openTask(one, id)));
  const won = answers.filter(({ status }) => status === 201);
  expect([won.length, new Set(answers.map(({ body }) => body.code))]).toEqual([1, new Set([undefined, 'task.opened'])]);
  const winner = neighbours[answers.findIndex(({ status }) => status === 201)] as { cookie: string };
  const reason = { reason: 'mistake' };
  await h.call('POST', `/posts/${won[0]?.body.post.id}/withdraw`, { as: winner, body: reason });
  expect((await tasksAt(town))[0].tasks.every((one: { postId: string | null }) => one.postId === null)).toBe(true);
  expect((await openTask(town.referent, id)).status).toBe(201);
  expect((await openTask(town.referent, id, 'no-such-task')).status).toBe(404);
});

test('sent twice with one key, a campaign and a task are opened once, with the same answer', async () => {
  const town = await mintTown('01160');
  const send = (as: { cookie: string }, url: string, body: object) =>
    h.call('POST', url, { as, body, headers: { 'idempotency-key': 'once' } });
  const url = `/communes/${town.commune}/campaigns`;
  const [first, again] = [await send(town.officer, url, heatwave), await send(town.officer, url, heatwave)];
  expect([first.status, again.text]).toEqual([201, first.text]);
  const tasks = `/campaigns/${first.body.campaign.id}/tasks`;
  const body = { task: 'shutters' };
  const [one, two] = [await send(town.referent, tasks, body), await send(town.referent, tasks, body)];
  expect([one.status, two.text]).toEqual([201, one.text]);
});

test('a stranger opens, reads and closes nothing; a neighbour of another town opens no task', async () => {
  const town = await mintTown('01281');
  const other = await mintTown('01354');
  expect((await town.open(undefined)).status).toBe(401);
  expect((await town.open(town.referent)).status).toBe(403);
  for (const stranger of [other.officer, other.coordinator]) {
    expect((await town.open(stranger)).body).toMatchObject({ status: 404, code: 'resource.absent' });
    expect((await h.call('GET', `/communes/${town.commune}/campaigns`, { as: stranger })).status).toBe(404);
  }
  const { id } = (await town.open(town.officer)).body.campaign;
  expect((await h.call('POST', `/campaigns/${id}/close`, { as: other.officer })).status).toBe(404);
  expect((await openTask(other.referent, id)).status).toBe(404);
  expect((await h.call('GET', `/residences/${town.home.id}/campaigns`, { as: other.referent })).status).toBe(404);
});

test('dates out of bounds and a kit already open there are refused; once closed it is over, and may be opened again', async () => {
  const town = await mintTown('01399');
  for (const dates of [
    { firstDay: dayInFrance(-1) },
    { firstDay: dayInFrance(2), lastDay: dayInFrance(1) },
    { firstDay: dayInFrance(70), lastDay: dayInFrance(71) },
  ])
    expect((await town.open(town.officer, { ...heatwave, ...dates })).body.code).toBe('campaign.dates');
  const atOnce = await Promise.all(Array.from({ length: 5 }, () => town.open(town.officer)));
  expect(atOnce.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  const id = atOnce.find(({ status }) => status === 201)?.body.campaign.id;
  expect((await h.call('POST', `/campaigns/${id}/close`, { as: town.coordinator })).status).toBe(204);
  expect((await h.call('POST', `/campaigns/${id}/close`, { as: town.officer })).body.code).toBe('campaign.over');
  expect((await openTask(town.referent, id)).body.code).toBe('campaign.over');
  expect(await tasksAt(town)).toEqual([]);
  expect((await town.open(town.officer)).status).toBe(201);
  expect((await town.lines(town.officer)).map(({ stage, mayClose }) => [stage, mayClose])).toEqual([
    ['running', true],
    ['over', false],
  ]);
});

test('a coordinator opens a kit in a whole territory: the officer of a commune reads it for theirs, and cannot close it', async () => {
  const town = await mintTown('01409');
  const body = { ...heatwave, kit: 'flood' };
  const path = `/territories/${town.home.territoryId}/campaigns`;
  expect((await h.call('POST', path, { as: town.officer, body })).status).toBe(403);
  const { campaign } = (await h.call('POST', path, { as: town.coordinator, body })).body;
  expect(campaign).toMatchObject({ extent: 'territory', kit: 'flood' });
  expect(await town.lines(town.officer)).toMatchObject([{ id: campaign.id, extent: 'territory', mayClose: false }]);
  expect((await h.call('POST', `/campaigns/${campaign.id}/close`, { as: town.officer })).status).toBe(404);
  const { items } = (await h.call('GET', '/kits/flood/campaigns')).body;
  expect(items).toEqual([expect.objectContaining({ insee: town.commune, firstDay: dayInFrance(0) })]);
  expect((await town.open(town.officer, body)).status).toBe(201); // the town may run its own beside it
  expect((await tasksAt(town)).map(({ extent }: { extent: string }) => extent)).toEqual(['commune']);
});

test('its opening and its end are told live, once a commune, to whoever looks at it', async () => {
  const town = await mintTown('01249');
  const { territoryId } = town.home;
  for (const { id } of [await h.mintResidence({ commune: '01419' }), await h.mintResidence({ commune: '01419' })])
    await h.db.update(schema.residences).set({ territoryId }).where(eq(schema.residences.id, id));
  const told = async (act: () => Promise<{ status: number }>) => {
    const before = new Set((await h.db.select({ id: schema.outbox.id }).from(schema.outbox)).map(({ id }) => id));
    expect((await act()).status).toBeLessThan(300);
    const rows = (await h.db.select().from(schema.outbox)).filter(({ id }) => !before.has(id));
    return rows.flatMap(({ kind, change, commune }) => (kind === 'insights' ? [`${change} ${commune}`] : [])).sort();
  };
  const close = (id: string) => h.call('POST', `/campaigns/${id}/close`, { as: town.coordinator });
  expect(await told(() => town.open(town.officer))).toEqual([`now ${town.commune}`]);
  expect(await told(async () => close((await town.lines(town.officer))[0]?.id ?? ''))).toEqual([`now ${town.commune}`]);
  const both = ['now 01249', 'now 01419'];
  const path = `/territories/${territoryId}/campaigns`;
  expect(await told(() => h.call('POST', path, { as: town.coordinator, body: heatwave }))).toEqual(both);
  expect(await told(async () => close((await town.lines(town.coordinator))[0]?.id ?? ''))).toEqual(both);
});

test('downloads count from the day it was opened to its end, in its commune alone; each look is logged', async () => {
  const town = await mintTown('01435');
  const { id } = (await town.open(town.officer)).body.campaign;
  const row = { slug: 'heatwave', paper: 'kit', locale: 'fr', commune: town.commune } as const;
  await h.db.insert(schema.kitDownloads).values([
    { ...row, day: dayInFrance(-1), count: 100 },
    { ...row, day: dayInFrance(0), count: 7 },
    { ...row, day: dayInFrance(9), count: 2 },
    { ...row, day: dayInFrance(10), count: 50 },
    { ...row, day: dayInFrance(0), commune: '', count: 1000 },
  ]);
  expect((await town.lines(town.officer))[0]?.outcome.downloads).toEqual({
    value: 9,
    suppressed: false,
    unit: 'downloads',
  });
  const looks = await h.db.select().from(schema.audit).where(eq(schema.audit.commune, town.commune));
  expect(looks.map(({ action, actorRole }) => [action, actorRole])).toEqual([
    ['campaign.open', 'officer'],
    ['campaign.read', 'officer'],
  ]);
  expect(id).toBeDefined();
});
