import type { Row, Statuses } from '../authorisation-row.ts';
import { outsiders, type Role, roles } from '../cast.ts';

/** One status for every role but those named. */
const statuses = (others: number, named: Partial<Statuses>): Statuses =>
  Object.fromEntries(
    roles.map((role: Role) => [role, named[role] ?? ((outsiders as readonly Role[]).includes(role) ? 401 : others)]),
  ) as Statuses;

/** What the gate keeps for those who look after the owner's residence. */
const desk = (status: number): Pick<Row, 'statuses' | 'isForStaff'> => ({
  statuses: statuses(403, { referent: status, coordinator: status }),
  isForStaff: true,
});
const onCase = { target: 'case', scene: 'reported' } as const;
const ruling = { kind: 'allow', reason: 'in-order', text: 'Rien à redire.' };
const staff = { officer: 403, referent: 403, coordinator: 403 };

/** Reports, cases, decisions, appeals and the log. */
export const moderationRows: Readonly<Record<string, Row>> = {
  'reports.create': {
    ...{ target: 'none', scene: null, body: 'report', writes: true },
    statuses: statuses(201, staff),
    keys: ['createdAt', 'id', 'reason', 'subject', 'subjectId'].map((key) => `report.${key}`),
  },
  'cases.list': { target: 'none', scene: 'reported', ...desk(200), writes: false },
  'cases.read': { ...onCase, ...desk(200), writes: false },
  'cases.look': { ...onCase, ...desk(200), writes: true, keys: ['heldBy', 'isMine'] },
  'cases.decide': { ...onCase, body: ruling, ...desk(201), writes: true },
  'kin.declare': { target: 'resident', scene: null, ...desk(204), writes: true },
  'audit.list': { target: 'none', scene: 'reported', ...desk(200), writes: true },
  'decisions.read': {
    ...{ target: 'decision', scene: 'ruled', writes: false },
    statuses: statuses(404, { owner: 200, referent: 200, coordinator: 200 }),
  },
  'decisions.appeal': {
    ...{ target: 'decision', scene: 'ruled', body: { text: 'Je ne parlais de personne.' }, writes: true },
    statuses: statuses(404, { owner: 201 }),
  },
};
