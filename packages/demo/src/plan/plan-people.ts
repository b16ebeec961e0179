import type { Locale, Slot } from '@palier/domain/accounts';
import { coordinators, demoResidents, officers, referents } from '../content/index.ts';
import { daysBefore, type Planning } from './input.ts';
import type { PlannedPlaces } from './plan-places.ts';
import type { PlannedAccount, PlannedGrant, PlannedResident } from './rows.ts';

const slots: readonly Slot[] = [
  'weekday-morning',
  'weekday-afternoon',
  'weekday-evening',
  'weekend-morning',
  'weekend-afternoon',
  'weekend-evening',
];
const staffDaysAgo = 450;

/** What a resident's posts are made from. */
export type PlannedPerson = { resident: PlannedResident; commune: string; cell: string };

const planResidents = ({ startAt, passwordHash, chance }: Planning, places: PlannedPlaces) => {
  const accounts: PlannedAccount[] = [];
  const people = new Map<number, PlannedPerson>();
  for (const {
    number,
    email,
    displayName,
    residence: key,
    stair,
    floor,
    skills,
    locale,
    trust,
    joinedDaysAgo,
  } of demoResidents) {
    const residence = places.byKey.get(key);
    if (!residence) throw new Error(`resident ${number} lives in ${key}, which is not a residence of the demo`);
    const joinedAt = daysBefore(startAt, joinedDaysAgo);
    const accountId = chance.id(joinedAt);
    // Some have not yet followed the link in their mail; the first twenty always have.
    const hasConfirmed = number <= 20 || (trust !== 'new' && number % 9 !== 0);
    accounts.push({
      id: accountId,
      email,
      emailConfirmedAt: hasConfirmed ? joinedAt : null,
      passwordHash,
      displayName,
      locale,
      createdAt: joinedAt,
    });
    const resident: PlannedResident = {
      id: chance.id(joinedAt),
      accountId,
      residenceId: residence.id,
      stairId: stair === null ? null : (places.stairIds.get(`${key} ${stair}`) ?? null),
      floor,
      displayName,
      trust,
      skills,
      availability: slots.filter(() => chance.random() < 0.4),
      openFavours: 0,
      lastSeenAt: daysBefore(startAt, chance.random() * 6),
      joinedAt,
    };
    people.set(number, { resident, commune: residence.commune, cell: residence.cell });
  }
  return { accounts, people };
};

const planStaff = ({ startAt, passwordHash, chance }: Planning, places: PlannedPlaces) => {
  const accounts: PlannedAccount[] = [];
  const roleGrants: PlannedGrant[] = [];
  const grantedAt = daysBefore(startAt, staffDaysAgo);
  const open = ({ email, displayName, locale }: { email: string; displayName: string; locale: Locale }): string => {
    const id = chance.id(grantedAt);
    accounts.push({ id, email, emailConfirmedAt: grantedAt, passwordHash, displayName, locale, createdAt: grantedAt });
    return id;
  };
  const grant = (row: Pick<PlannedGrant, 'accountId' | 'role'> & Partial<PlannedGrant>): void => {
    roleGrants.push({
      id: chance.id(grantedAt),
      residenceId: null,
      territoryId: null,
      commune: null,
      grantedAt,
      ...row,
    });
  };
  const [territory] = places.territories;
  if (!territory) throw new Error('the demo has no territory');
  for (const one of coordinators) grant({ accountId: open(one), role: 'coordinator', territoryId: territory.id });
  for (const one of referents) {
    const accountId = open(one);
    for (const key of one.residences)
      grant({ accountId, role: 'referent', residenceId: places.byKey.get(key)?.id ?? null });
  }
  for (const one of officers) grant({ accountId: open(one), role: 'officer', commune: one.insee });
  return { accounts, roleGrants };
};

/** The accounts of the demo, all with one password: residents with their homes, and staff with the places they look after. */
export const planPeople = (planning: Planning, places: PlannedPlaces) => {
  const residents = planResidents(planning, places);
  const staff = planStaff(planning, places);
  return {
    accounts: [...residents.accounts, ...staff.accounts],
    roleGrants: staff.roleGrants,
    people: residents.people,
  };
};
