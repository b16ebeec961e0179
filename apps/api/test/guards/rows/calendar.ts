import type { Row } from '../authorisation-row.ts';
import { anyone, bySides, residents, writing } from './statuses.ts';

/** A series: its author's, readable by whoever said yes to a date. */
const ofSeries = { target: 'series', scene: 'series', writes: true } as const;

/** The rows of series and of the calendar. */
export const calendarRows: Readonly<Record<string, Row>> = {
  'calendar.own': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'calendar.make': { ...writing, statuses: residents(201), keys: ['url'] },
  'calendar.revoke': { ...writing, statuses: residents(204) },
  'calendar.read': { target: 'none', scene: null, statuses: anyone(404), writes: false },
  'series.list': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'series.read': { ...ofSeries, statuses: bySides(200, 200), writes: false },
  'series.edit': { ...ofSeries, body: { title: 'Deux pains' }, statuses: bySides(200, 403) },
  'series.skip': { ...ofSeries, body: { from: '2020-01-01T00:00:00Z' }, statuses: bySides(422, 403), writes: false },
  'series.keep': { ...ofSeries, body: { from: '2020-01-01T00:00:00Z' }, statuses: bySides(422, 403), writes: false },
  'series.end': { ...ofSeries, body: { reason: 'solved' }, statuses: bySides(200, 403) },
  'series.stand': { ...ofSeries, body: {}, statuses: bySides(404, 200), writes: false },
  'series.stop': { ...ofSeries, body: {}, statuses: bySides(404, 404), writes: false },
};
