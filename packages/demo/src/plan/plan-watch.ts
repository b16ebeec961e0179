import { consentLapsesAt, effectiveFrom, watchConsentVersion } from '@palier/domain/watch';
import { coordinators, type DemoWatched, demoWatched, watchReaders, watchVolunteers } from '../content/index.ts';
import { localDate } from './calendar.ts';
import { daysBefore, type Planning, timeZone } from './input.ts';
import type { PlannedPerson } from './plan-people.ts';
import { planRound } from './plan-round.ts';
import type { PlannedAccount } from './rows.ts';
import { openVisits, type Visits } from './visits.ts';
import type { PlannedWatch } from './watch-rows.ts';

type Who = (number: number) => PlannedPerson;
type Led = { territoryId: string; coordinator: string };
const two = (n: number): string => String(n % 100).padStart(2, '0');
const signedOnOf = (at: Date): string => {
  const { year, month, day } = localDate(at, timeZone);
  return `${year}-${two(month)}-${two(day)}`;
};
/** A day on which what was given has not ended, whenever the demo is looked at: half a year, or eight months, after the first start. */
const daysToCome = { naming: 180, grant: 240 } as const;

const planPerson = (
  { startAt, chance }: Planning,
  who: Who,
  one: DemoWatched,
  { isLate, partOf }: Visits,
  n: number,
) => {
  const { resident } = who(one.number);
  const consentedAt = daysBefore(startAt, one.consentedDaysAgo);
  const lapsesAt = consentLapsesAt(consentedAt);
  const slip = one.slip && {
    consent: 'slip' as const,
    recordedBy: who(one.readers[0] ?? one.number).resident.accountId,
    signedOn: signedOnOf(consentedAt),
    signatory: one.name,
  };
  const person: PlannedWatch['watchPeople'][number] = {
    ...{ id: chance.id(consentedAt), residentId: resident.id, residenceId: resident.residenceId },
    ...{ stairId: resident.stairId, name: one.name, floor: resident.floor, door: one.door },
    ...{ topFloor: one.topFloor ?? false, phone: `04 65 71 ${two(n + 10)} ${two(one.number)}`, part: partOf(one) },
    ...{ language: 'fr', consent: 'screen', consentVersion: watchConsentVersion, consentedAt, lapsesAt },
    ...{ recordedBy: null, signedOn: null, signatory: null, joinedAt: consentedAt },
    remindedAt: lapsesAt < daysBefore(startAt, -30) ? daysBefore(startAt, 4) : null,
    ...slip,
  };
  const contacts = one.contacts.map((name, place) => ({
    ...{ id: chance.id(consentedAt), personId: person.id, place: place + 1, name },
    phone: `06 39 98 ${two(one.number + place)} ${two(n * 3 + 40)}`,
  }));
  // Of whoever was visited today, readers were named lately: they missed the round's first day.
  const announcedAt = daysBefore(startAt, Math.min(one.consentedDaysAgo - 0.2, isLate(one) ? 4.9 : 150));
  const readers = one.readers.map((number) => ({
    ...{ id: chance.id(announcedAt), personId: person.id, accountId: who(number).resident.accountId },
    ...{ namedAt: announcedAt, announcedAt, effectiveAt: effectiveFrom(announcedAt) },
    endsAt: daysBefore(startAt, -daysToCome.naming),
  }));
  return { person, contacts, readers };
};

const planHelpers = ({ startAt, chance }: Planning, who: Who, { territoryId, coordinator }: Led) => {
  const namedAt = daysBefore(startAt, 160);
  const watchReaderGrants = watchReaders.map((number) => ({
    ...{ id: chance.id(namedAt), accountId: who(number).resident.accountId, territoryId, namedBy: coordinator },
    ...{ namedAt, endsAt: daysBefore(startAt, -Math.min(daysToCome.grant, 200)) },
  }));
  const volunteer = (
    number: number,
    offeredDaysAgo: number,
    accepted: { acceptedAt: Date; acceptedBy: string } | null,
  ) => {
    const offeredAt = daysBefore(startAt, offeredDaysAgo);
    const none = { acceptedAt: null, acceptedBy: null };
    return {
      id: chance.id(offeredAt),
      residentId: who(number).resident.id,
      territoryId,
      offeredAt,
      ...(accepted ?? none),
    };
  };
  const accepted = { acceptedAt: daysBefore(startAt, 58), acceptedBy: coordinator };
  const watchVolunteersRows = [
    ...watchVolunteers.accepted.map((number) => volunteer(number, 60, accepted)),
    ...watchVolunteers.waiting.map((number) => volunteer(number, 0.9, null)),
  ];
  return { watchReaderGrants, watchVolunteers: watchVolunteersRows };
};

/** The watch of the demo: who asked to be looked in on, who reads them, who rings, and a round that runs since three days. */
export const planWatch = (
  planning: Planning,
  who: Who,
  { territoryId, accounts }: { territoryId: string; accounts: readonly PlannedAccount[] },
): PlannedWatch => {
  const coordinator = accounts.find(({ email }) => email === coordinators[0]?.email)?.id ?? '';
  const visits = openVisits(planning.startAt);
  const people = demoWatched.map((one, n) => ({ one, ...planPerson(planning, who, one, visits, n) }));
  const watchPeople = people.map(({ person }) => person);
  return {
    ...planHelpers(planning, who, { territoryId, coordinator }),
    watchPeople,
    watchContacts: people.flatMap(({ contacts }) => contacts),
    watchReaders: people.flatMap(({ readers }) => readers.map((row) => ({ ...row, namedBy: coordinator }))),
    ...planRound(planning, who, { territoryId, coordinator, visits, people }),
  };
};
