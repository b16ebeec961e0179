import type { Audience } from '@palier/domain/posts';
import { expiresAt, staysInResidence } from '@palier/domain/posts';
import { demoPosts, demoResidents, historyTemplates } from '../content/index.ts';
import type { Located } from '../plan/input.ts';
import type {
  PlannedAccount,
  PlannedPlace,
  PlannedPost,
  PlannedResidence,
  PlannedResident,
  PlannedStair,
} from '../plan/rows.ts';
import { type Chance, openChance } from '../plan/seeded.ts';
import type { Town } from './read-towns.ts';

export type TownInput = {
  now: Date;
  territoryId: string;
  passwordHash: string;
  cellOf: (residence: Located) => string;
  posts: number;
};

const dayMs = 86_400_000;
const kmPerDegree = 111.195;
const streets = [
  'rue des Tilleuls',
  'rue du Lavoir',
  'allée des Écoles',
  'rue de la Fontaine',
  'avenue de la Gare',
  'impasse du Four',
] as const;
const names = [
  'Les Tilleuls',
  'Le Lavoir',
  'Les Écoles',
  'La Fontaine',
  'La Gare',
  'Le Four',
  'Les Charmilles',
  'Le Verger',
] as const;
const audiences = [
  'residence',
  'neighbourhood',
  'neighbourhood',
  'neighbourhood',
  'commune',
] as const satisfies readonly Audience[];
const firstNames = demoResidents.map((one) => one.displayName);
const details = demoPosts.map((post) => post.details);

/** Somewhere in the denser half of a town, as if it were round. */
const somewhereIn = (town: Town, chance: Chance): { lat: number; lon: number } => {
  const km = Math.sqrt(Math.max(town.surfaceKm2, 0.2) / Math.PI) * 0.7 * Math.sqrt(chance.random());
  const angle = 2 * Math.PI * chance.random();
  return {
    lat: town.lat + (km * Math.sin(angle)) / kmPerDegree,
    lon: town.lon + (km * Math.cos(angle)) / (kmPerDegree * Math.cos((town.lat * Math.PI) / 180)),
  };
};

const planResidence = (town: Town, n: number, openedAt: Date, chance: Chance, input: TownInput) => {
  const id = chance.id(openedAt);
  const homes = 12 + chance.below(70);
  const point = somewhereIn(town, chance);
  const cell = input.cellOf({ id, commune: town.insee, homes, ...point });
  const residence: PlannedResidence = {
    id,
    territoryId: input.territoryId,
    commune: town.insee,
    name: `${chance.pick(names)} ${n + 1}`,
    homes,
    cell,
    createdAt: openedAt,
  };
  const place: PlannedPlace = {
    residenceId: id,
    ...point,
    address: `${1 + chance.below(90)} ${chance.pick(streets)}, ${town.name}`,
  };
  const stairs: PlannedStair[] = Array.from({ length: 1 + Math.floor(homes / 25) }, (_, stair) => ({
    id: chance.id(openedAt),
    residenceId: id,
    name: String.fromCharCode(65 + stair),
  }));
  return { residence, place, stairs };
};

const planResident = (
  town: Town,
  n: number,
  home: ReturnType<typeof planResidence>,
  chance: Chance,
  input: TownInput,
): { account: PlannedAccount; resident: PlannedResident } => {
  const joinedAt = new Date(input.now.getTime() - (31 + chance.below(300)) * dayMs);
  const displayName = firstNames[chance.below(firstNames.length)] ?? 'Camille';
  const accountId = chance.id(joinedAt);
  const account: PlannedAccount = {
    id: accountId,
    email: `town-${town.insee.toLowerCase()}-${String(n + 1).padStart(5, '0')}@charge.palier.test`,
    emailConfirmedAt: joinedAt,
    passwordHash: input.passwordHash,
    displayName,
    locale: 'fr',
    createdAt: joinedAt,
  };
  const resident: PlannedResident = {
    id: chance.id(joinedAt),
    accountId,
    residenceId: home.residence.id,
    stairId: home.stairs[chance.below(home.stairs.length)]?.id ?? null,
    floor: chance.below(6),
    displayName,
    trust: chance.random() < 0.3 ? 'trusted' : 'known',
    skills: [],
    availability: [],
    openFavours: 0,
    lastSeenAt: input.now,
    joinedAt,
  };
  return { account, resident };
};

const planPost = (author: PlannedResident, home: PlannedResidence, chance: Chance, now: Date): PlannedPost => {
  const [kind = 'request', category = 'other', , , title = ''] =
    historyTemplates[chance.below(historyTemplates.length)] ?? [];
  const createdAt = new Date(now.getTime() - Math.floor(chance.random() * 13 * dayMs));
  return {
    id: chance.id(createdAt),
    authorId: author.id,
    residenceId: home.id,
    stairId: author.stairId,
    commune: home.commune,
    cell: home.cell,
    kind,
    category,
    title,
    details: details[chance.below(details.length)] ?? '',
    audience: staysInResidence(category) ? 'residence' : chance.pick(audiences),
    helpersNeeded: 1,
    taken: 0,
    urgentUntil: null,
    windowFrom: null,
    windowTo: null,
    state: 'open',
    endReason: null,
    hall: false,
    onBehalf: false,
    createdAt,
    updatedAt: createdAt,
    expiresAt: expiresAt({ kind }, createdAt),
  };
};

/** Every row of one generated town, with `posts` open posts; the same town gives the same rows but for `now` and the cells. */
export const planTown = (town: Town, input: TownInput) => {
  const chance = openChance(Number.parseInt(town.insee, 36));
  const openedAt = new Date(input.now.getTime() - 400 * dayMs);
  const homes = Array.from({ length: Math.max(1, town.residences) }, (_, n) =>
    planResidence(town, n, openedAt, chance, input),
  );
  const homeOf = (n: number) => homes[n % homes.length] ?? homes[0];
  const people = Array.from({ length: town.residents }, (_, n) => {
    const home = homeOf(n);
    if (!home) throw new Error(`${town.name} has no residence`);
    return { ...planResident(town, n, home, chance, input), home: home.residence };
  });
  const posts: PlannedPost[] = [];
  while (posts.length < input.posts) {
    const author = people[chance.below(people.length)];
    if (!author) break;
    posts.push(planPost(author.resident, author.home, chance, input.now));
  }
  return {
    residences: homes.map((home) => home.residence),
    residencePlaces: homes.map((home) => home.place),
    stairs: homes.flatMap((home) => home.stairs),
    accounts: people.map((one) => one.account),
    residents: people.map((one) => one.resident),
    posts,
  };
};
export type TownPlan = ReturnType<typeof planTown>;
