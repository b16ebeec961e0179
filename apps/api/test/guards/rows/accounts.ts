import type { Row, Statuses } from '../authorisation-row.ts';
import { anyone, each, residents, signedIn, writing } from './statuses.ts';

/** Those who live in the owner's residence. */
const atHome = (status: number): Partial<Statuses> =>
  each(['newcomer', 'sameStair', 'sameResidence', 'owner', 'helper', 'blocked'], status);

/** The rows of coming in, of one's account and of trust. */
export const accountsRows: Readonly<Record<string, Row>> = {
  'invitations.read': {
    target: 'code',
    scene: null,
    statuses: anyone(200),
    unknown: 404,
    malformed: 404,
    writes: false,
    keys: [
      'residence.commune',
      'residence.communeName',
      'residence.id',
      'residence.name',
      'charter.reviewOn',
      'charter.text',
      'charter.version',
      'stairs[].id',
      'stairs[].name',
    ],
  },
  'residents.enter': { target: 'none', scene: null, body: 'entry', statuses: anyone(201), writes: true },
  'session.open': { target: 'none', scene: null, body: 'credentials', statuses: anyone(204), writes: true },
  'session.close': { target: 'none', scene: null, statuses: anyone(204), writes: false },
  'email.confirm': { target: 'none', scene: null, body: 'confirmation', statuses: anyone(204), writes: true },
  'email.resend': { target: 'none', scene: null, statuses: signedIn(409), writes: true },
  'password.ask': {
    target: 'none',
    scene: null,
    body: { email: 'personne@example.test' },
    statuses: anyone(202),
    writes: true,
  },
  'password.reset': { target: 'none', scene: null, body: 'reset', statuses: anyone(204), writes: true },
  'me.read': { target: 'none', scene: null, statuses: signedIn(200), writes: false },
  'me.edit': { target: 'none', scene: null, body: { largeText: true }, statuses: signedIn(200), writes: true },
  'sessions.list': { target: 'none', scene: null, statuses: signedIn(200), writes: false },
  'sessions.end': { target: 'resident', scene: null, statuses: signedIn(404), writes: false },
  'sessions.endOthers': { target: 'none', scene: null, statuses: signedIn(204), writes: true },
  'me.export': { target: 'none', scene: null, statuses: signedIn(200), writes: false },
  'me.leave': {
    target: 'none',
    scene: null,
    body: { password: 'pas le bon du tout' },
    statuses: signedIn(403),
    writes: false,
  },
  'me.keep': { target: 'none', scene: null, statuses: signedIn(204), writes: false },
  'trust.read': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'vouches.read': { target: 'resident', scene: null, statuses: residents(404, atHome(200)), writes: false },
  'vouches.give': {
    target: 'resident',
    scene: null,
    statuses: residents(404, { ...atHome(409), newcomer: 403 }),
    writes: false,
  },
  'invitations.mine': { target: 'none', scene: null, statuses: residents(200), writes: false },
  'invitations.make': { ...writing, statuses: residents(201, { newcomer: 403 }) },
  'residence.move': { ...writing, body: 'move', statuses: residents(404), writes: false },
  'charter.sign': { ...writing, body: { version: 2 }, statuses: residents(409), writes: false },
  'residence.mine': { target: 'none', scene: null, statuses: residents(200), writes: false },
};
