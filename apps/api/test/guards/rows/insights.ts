import type { Row } from '../authorisation-row.ts';
import { anyone, residents } from './statuses.ts';

/** An officer’s own commune; a path that is no INSEE code is malformed. */
const ofCommune = { target: 'commune', scene: null, isForStaff: true, unknown: 400, writes: true } as const;
const officers = residents(403, { officer: 200, officerElsewhere: 404 });

/** A commune whose town hall did not open its figures: absent to all. */
const opened = { target: 'commune', scene: null, unknown: 400, writes: false } as const;

/** The rows of a town hall: every look at figures is logged. */
export const insightsRows: Readonly<Record<string, Row>> = {
  'insights.read': { ...ofCommune, statuses: officers },
  'insights.export': { ...ofCommune, statuses: officers },
  'insights.readYear': { ...ofCommune, query: '?year=2026', statuses: officers },
  'insights.sideBySide': {
    ...{ target: 'none', scene: null, isForStaff: true, writes: false },
    statuses: residents(403, {
      ...{ officer: 200, officerElsewhere: 200, coordinator: 200, coordinatorElsewhere: 200 },
    }),
  },
  'insights.openData': { ...opened, statuses: anyone(404), malformed: 400 },
  'insights.openDataCsv': { ...opened, statuses: anyone(404), malformed: 400 },
  'insights.openSchemas': { target: 'none', scene: null, statuses: anyone(404), writes: false },
  'insights.setHourly': {
    ...{ ...ofCommune, body: { hourly: { cents: 1_202, source: 'SMIC horaire brut, un essai' } } },
    statuses: residents(403, { officer: 204, officerElsewhere: 404 }),
  },
  'insights.setPublic': {
    ...{ ...ofCommune, body: { isPublic: true } },
    statuses: residents(403, { officer: 204, officerElsewhere: 404 }),
  },
  'insights.print': {
    ...{ ...ofCommune, query: '?period=2020-01', unknown: 404, malformed: 404 },
    statuses: residents(403, { officer: 404, officerElsewhere: 404 }),
  },
  'town.write': {
    ...ofCommune,
    body: { purpose: 'works', title: 'Travaux rue du Mont', text: 'La rue sera fermée de lundi à mercredi.' },
    statuses: residents(403, { officer: 201, officerElsewhere: 404 }),
  },
  'town.desk': { ...ofCommune, statuses: officers },
  'town.messages': { ...ofCommune, isForStaff: false, writes: false, statuses: anyone(200) },
  'town.mine': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'town.addNumber': {
    ...ofCommune,
    body: { label: 'Mairie', number: '04 50 42 63 00' },
    statuses: residents(403, { officer: 201, officerElsewhere: 404 }),
  },
  'town.removeNumber': {
    ...ofCommune,
    body: { numberId: '01900000-0000-7000-8000-000000000000' },
    statuses: residents(403, { officer: 404, officerElsewhere: 404 }),
  },
  'town.numbers': { ...ofCommune, isForStaff: false, writes: false, statuses: anyone(200) },
};
