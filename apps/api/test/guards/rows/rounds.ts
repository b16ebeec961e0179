import type { Row } from '../authorisation-row.ts';
import { coordinators, desks, readers, residents } from './statuses.ts';

const seen = { target: 'none', scene: null, statuses: residents(200, { reader: 200 }), writes: false } as const;
const ofReaders = { ...seen, statuses: readers(200), isForStaff: true } as const;
const nobodys = '01890000-0000-7000-8000-000000000000';
/** An id that is no check's: what a check's own volunteers and readers may do is tried in visits.test.ts. */
const elsewhere = { target: 'resident', scene: null, statuses: residents(404, { reader: 404 }), writes: true } as const;
const noReaders = { ...elsewhere, statuses: readers(404), isForStaff: true } as const;

/** The rows of the watch's rounds: each reads what is theirs, and nobody of this cast has one; coordinators open rounds in their territory. */
export const roundsRows: Readonly<Record<string, Row>> = {
  'watch.visits': seen,
  'watch.board': ofReaders,
  'watch.sheet': ofReaders,
  'watch.claim': elsewhere,
  'watch.answer': { ...elsewhere, body: { outcome: 'reached' } },
  'watch.need': { ...elsewhere, body: { need: 'errands', consent: 'spoken' } },
  'watch.release': elsewhere,
  'watch.enter': {
    ...noReaders,
    target: 'none',
    body: { entries: [{ checkId: nobodys, outcome: 'reached', at: '2026-07-08T10:00:00Z' }] },
  },
  'watch.alarm': { ...noReaders, writes: false },
  'watch.acknowledge': noReaders,
  'watch.step': { ...noReaders, body: { step: 'contact-called' } },
  'watch.end': { ...noReaders, body: { ending: 'reached' } },
  'watch.rounds': { ...seen, statuses: desks(200) },
  'watch.openRound': {
    target: 'none',
    scene: null,
    body: { territoryId: nobodys, department: '01', hazard: 'heat', colour: 'orange' },
    statuses: coordinators(404),
    writes: true,
    isForStaff: true,
  },
  'watch.closeRound': { target: 'resident', scene: null, statuses: coordinators(404), writes: true, isForStaff: true },
};
