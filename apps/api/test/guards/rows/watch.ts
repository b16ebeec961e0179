import type { Row } from '../authorisation-row.ts';
import { coordinators, owned, readers, residents, under, writing } from './statuses.ts';

const typed = { name: 'Odile', phone: '04 50 00 00 00', part: 'morning' };
/** What a slip says, but for the residence and the date. */
export const onSlip = { ...typed, name: 'Mme Bulletin', signatory: 'Mme Bulletin' };

const entryKeys = [
  ...['id', 'name', 'floor', 'door', 'topFloor', 'phone', 'part', 'language'],
  ...['consent', 'consentVersion', 'consentedAt', 'lapsesAt', 'signedOn', 'signatory', 'timeZone'],
  ...['residence.id', 'residence.name', 'stair.id', 'stair.name', 'contacts[].name', 'contacts[].phone'],
];
const joinedKeys = [...entryKeys.filter((key) => !/^(?:contacts|stair)/.test(key)), 'stair'];
const readerKeys = ['id', 'displayName', 'state', 'effectiveAt', 'endsAt'];
const readingKeys = ['id', 'displayName', 'as', 'what', 'at'];
const forReaders = { ...writing, isForStaff: true } as const;
const forCoordinator = { ...writing, isForStaff: true } as const;

/** The rows of the watch: the person alone, the readers named for them, and the coordinator who never sees who. Joining comes last: it puts every resident on the watch. */
export const watchRows: Readonly<Record<string, Row>> = {
  'watch.read': { ...writing, statuses: residents(200), writes: false },
  'watch.readings': { ...writing, statuses: residents(200), writes: false, keys: ['next'] },
  'watch.edit': { ...writing, body: typed, statuses: owned(200), keys: under('entry', joinedKeys) },
  'watch.renew': { ...writing, statuses: owned(200), keys: under('entry', entryKeys) },
  'watch.withdraw': { ...writing, statuses: residents(204) },
  'watch.refuse': { ...writing, target: 'naming', statuses: owned(204) },
  'watch.stop': { ...writing, statuses: owned(204) },
  'watch.people': { ...forReaders, statuses: readers(200) },
  'watch.entry': {
    ...forReaders,
    target: 'watched',
    statuses: readers(200),
    keys: [...under('entry', entryKeys), ...under('readers[]', readerKeys)],
  },
  'watch.readingSheet': {
    ...forReaders,
    target: 'watched',
    statuses: readers(200),
    keys: [
      'next',
      ...under('entry', entryKeys),
      ...under('readers[]', readerKeys),
      ...under('readings[]', readingKeys),
    ],
  },
  'watch.slip': { ...forReaders, body: 'slip', statuses: readers(201), keys: ['person.id'] },
  'watch.announce': { ...forReaders, target: 'waiting', body: { outcome: 'accepted' }, statuses: readers(204) },
  'watch.territory': { ...forCoordinator, target: 'territory', statuses: coordinators(200), writes: false },
  'watch.grant': {
    ...forCoordinator,
    target: 'territory',
    body: 'granting',
    statuses: coordinators(201),
    keys: ['grant.displayName', 'grant.endsAt', 'grant.id'],
  },
  'watch.endGrant': { ...forCoordinator, target: 'watchGrant', statuses: coordinators(204) },
  'watch.name': {
    ...forCoordinator,
    target: 'watched',
    body: 'reading',
    statuses: coordinators(201),
    keys: under('reader', readerKeys),
  },
  'watch.endReader': { ...forCoordinator, target: 'naming', statuses: coordinators(204) },
  'watch.accept': { ...forCoordinator, target: 'volunteer', statuses: coordinators(204) },
  'watch.decline': { ...forCoordinator, target: 'volunteer', statuses: coordinators(204) },
  'watch.offer': { ...writing, statuses: residents(201, { owner: 409, newcomer: 403 }) },
  'watch.join': {
    ...writing,
    body: { ...typed, consent: true },
    statuses: residents(201, { owner: 409 }),
    keys: under('entry', joinedKeys),
  },
};
