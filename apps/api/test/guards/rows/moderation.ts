import type { Row } from '../authorisation-row.ts';
import { desks, each, keepers, residents, signedIn } from './statuses.ts';

/** What is kept for those who look after the owner's residence. */
const desk = (status: number): Pick<Row, 'statuses' | 'isForStaff'> => ({
  statuses: keepers(status),
  isForStaff: true,
});
const onCase = { target: 'case', scene: 'reported' } as const;
const ruling = { kind: 'allow', reason: 'in-order', text: 'Rien à redire.' };
const ownDesk = (status: number) => ({ ...desk(status), statuses: desks(status) });

/** Reports, cases, decisions, appeals and the log. */
export const moderationRows: Readonly<Record<string, Row>> = {
  'reports.create': {
    ...{ target: 'none', scene: null, body: 'report', writes: true },
    statuses: residents(201),
    keys: ['createdAt', 'id', 'reason', 'subject', 'subjectId'].map((key) => `report.${key}`),
  },
  'cases.list': { target: 'none', scene: 'reported', ...ownDesk(200), writes: false },
  'cases.read': { ...onCase, ...desk(200), writes: false },
  'cases.look': { ...onCase, ...desk(200), writes: true, keys: ['heldBy', 'isMine'] },
  'cases.decide': { ...onCase, body: ruling, ...desk(201), writes: true },
  'kin.declare': { target: 'resident', scene: null, ...desk(204), writes: true },
  'audit.list': { target: 'none', scene: 'reported', ...ownDesk(200), writes: true },
  'decisions.read': {
    ...{ target: 'decision', scene: 'ruled', writes: false },
    statuses: { ...signedIn(404), ...each(['owner', 'referent', 'coordinator'], 200) },
  },
  'decisions.appeal': {
    ...{ target: 'decision', scene: 'ruled', body: { text: 'Je ne parlais de personne.' }, writes: true },
    statuses: { ...signedIn(404), owner: 201 },
  },
};
