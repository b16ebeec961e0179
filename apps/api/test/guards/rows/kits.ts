import { dayInFrance } from '../../day-in-france.ts';
import type { Row, Statuses } from '../authorisation-row.ts';
import { anyone, coordinators, keepers, residents, under } from './statuses.ts';

const kit = { target: 'kit', scene: null, statuses: anyone(200), malformed: 404, writes: false } as const;
const days = (from: number, to: number) => {
  const [firstDay, lastDay] = [from, to].map(dayInFrance);
  return { firstDay, lastDay };
};
const campaignKeys = ['extent', 'firstDay', 'id', 'kit', 'lastDay', 'stage', 'title'];
/** Officers and coordinators of the commune: each opens another kit, since two of one kit never run at once. */
const towns = (status: number): Statuses => ({
  ...coordinators(status),
  ...{ officer: status, officerElsewhere: 404 },
});

/** Campaigns: opened by the town, proposed to residences, and what came of them told to who opened them. */
const campaignRows: Readonly<Record<string, Row>> = {
  'campaigns.open': {
    target: 'commune',
    scene: null,
    body: { kit: 'flood', ...days(1, 2) },
    statuses: { ...towns(201), coordinator: 409 },
    isForStaff: true,
    unknown: 400,
    writes: true,
    keys: under('campaign', campaignKeys),
  },
  'campaigns.openTerritory': {
    target: 'territory',
    scene: null,
    body: { kit: 'flood', ...days(1, 2) },
    statuses: coordinators(201),
    isForStaff: true,
    writes: true,
    keys: under('campaign', campaignKeys),
  },
  'campaigns.list': {
    target: 'commune',
    scene: null,
    statuses: towns(200),
    isForStaff: true,
    unknown: 400,
    writes: true,
  },
  'campaigns.close': { target: 'campaign', scene: null, statuses: towns(204), isForStaff: true, writes: true },
  'campaigns.running': kit,
  'campaigns.mine': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'campaigns.ofResidence': {
    target: 'home',
    scene: null,
    statuses: keepers(200),
    isForStaff: true,
    writes: false,
  },
  'campaigns.openRound': {
    target: 'campaign',
    scene: null,
    body: { residenceId: '01890000-0000-7000-8000-000000000000' },
    statuses: coordinators(404),
    isForStaff: true,
    writes: true,
  },
  'campaigns.openTask': {
    target: 'campaign',
    scene: null,
    body: { task: 'lend-fan' },
    statuses: residents(201, { farAway: 404 }),
    writes: true,
  },
};

/** Kits and cool places are anyone's to read; the town keeps the list of cool places. */
export const kitsRows: Readonly<Record<string, Row>> = {
  ...campaignRows,
  'kits.list': { target: 'none', scene: null, statuses: anyone(200), writes: false },
  'kits.read': kit,
  'kits.download': kit,
  'kits.listCoolPlaces': { ...kit, target: 'commune', unknown: 400, malformed: 400 },
  'kits.addCoolPlace': {
    target: 'commune',
    scene: null,
    body: { name: 'Médiathèque', kind: 'library', where: '1 place du Marché', hours: 'De 10 h à 18 h' },
    statuses: towns(201),
    isForStaff: true,
    unknown: 400,
    writes: true,
    keys: ['hours', 'id', 'kind', 'name', 'pin', 'where'].map((key) => `coolPlace.${key}`),
  },
  'kits.removeCoolPlace': {
    target: 'coolPlace',
    scene: null,
    statuses: towns(204),
    isForStaff: true,
    writes: true,
  },
};
