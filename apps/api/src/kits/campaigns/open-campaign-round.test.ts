import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { dayInFrance } from '../../../test/day-in-france.ts';
import { mintStaff } from '../../../test/desk.ts';
import { openHarness } from '../../../test/harness.ts';
import { mintWatch } from '../../../test/watch.ts';

const h = await openHarness({}, {}, undefined, true);
const today = dayInFrance();

const mintTown = async (commune: string, kit = 'heatwave') => {
  const watch = await mintWatch(h, { commune });
  const { residence, coordinator, referent } = watch;
  const body = { kit, firstDay: today, lastDay: today };
  const campaignId = (await h.call('POST', `/communes/${commune}/campaigns`, { as: coordinator, body })).body.campaign
    .id;
  const open = (as: { cookie: string }, residenceId = residence.id) =>
    h.call('POST', `/campaigns/${campaignId}/rounds`, { as, body: { residenceId } });
  const seenBy = async (as: { cookie: string }) =>
    (await h.call('GET', `/residences/${residence.id}/campaigns`, { as })).body.items[0].round;
  return { ...watch, campaignId, coordinator, referent, open, seenBy };
};

test('a coordinator opens the round of a campaign in one tap: it goes on the watch, is counted once, and a referent sees that it is open', async () => {
  const town = await mintTown('01173');
  const task = { id: 'watch-round', kind: 'round', hazard: 'heat' };
  expect(await town.seenBy(town.coordinator)).toMatchObject({ ...task, isOpen: false, mayOpen: true });
  expect(await town.seenBy(town.referent)).toMatchObject({ ...task, isOpen: false, mayOpen: false });
  const { status, body } = await town.open(town.coordinator);
  const at = { territoryId: town.residence.territoryId, department: '01', hazard: 'heat', colour: 'yellow' };
  expect([status, body.round]).toEqual([201, expect.objectContaining({ ...at, byWeather: false })]);
  expect(await town.seenBy(town.referent)).toMatchObject({ isOpen: true });

  await h.call('POST', `/watch/rounds/${body.round.id}/close`, { as: town.coordinator });
  expect(await town.seenBy(town.coordinator)).toMatchObject({ isOpen: false, mayOpen: true });
  const again = (await town.open(town.coordinator)).body.round.id;
  expect(again).not.toBe(body.round.id);
  expect((await town.open(town.coordinator)).body.round.id).toBe(again);
  const [line] = (await h.call('GET', '/communes/01173/campaigns', { as: town.coordinator })).body.items;
  expect(line.outcome).toMatchObject({ opened: { value: 1 }, reached: { value: 1 } });
  const opened = await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, again));
  expect(opened.map(({ action, actorId }) => [action, actorId])).toContainEqual(['round.open', town.coordinator.id]);
});

test('nobody else opens one: a referent, a coordinator from elsewhere; none for a kit without a round, nor once the campaign is over', async () => {
  const town = await mintTown('01143', 'great-cold');
  expect((await town.open(town.referent)).status).toBe(403);
  const stranger = await mintStaff(h, 'coordinator', (await h.mintResidence({ commune: '01143' })).territoryId);
  expect((await town.open(stranger)).status).toBe(404);
  const dry = await mintTown('01160', 'flood');
  expect(await dry.seenBy(dry.coordinator)).toBeNull();
  expect((await dry.open(dry.coordinator)).body.code).toBe('resource.absent');
  expect((await dry.open(dry.coordinator, town.residence.id)).status).toBe(404);
  await h.call('POST', `/campaigns/${town.campaignId}/close`, { as: town.coordinator });
  expect((await town.open(town.coordinator)).body.code).toBe('campaign.over');
});

test('whoever lives there is shown the tasks and no round', async () => {
  const town = await mintTown('01281');
  const neighbour = await h.mintResident({ residenceId: town.residence.id, stairId: null });
  const [mine] = (await h.call('GET', '/campaigns', { as: neighbour })).body.items;
  expect([mine.tasks.length, mine.round]).toEqual([5, null]);
});
