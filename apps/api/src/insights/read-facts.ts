import type { Database } from '@palier/db';
import {
  type Facts,
  type FavourFact,
  type PersonFact,
  type PostFact,
  type Quarter,
  quarterFinder,
} from '@palier/domain/insights';
import { Cell, cellCentre } from '@palier/domain/places';
import { listFavours, listPeople, listPosts } from './facts.queries.ts';

/** Whole ms of seconds, as a clock shows them; a double knows the seconds of today to a quarter of a microsecond only. */
const msOf = (seconds: number): number => Math.floor(seconds * 1_000 + 0.000_5);

type Growing = { people: PersonFact[]; posts: PostFact[]; favours: FavourFact[] };

/** What happened in some communes since an instant, by commune. `quarters` are those each is divided in; only public cells are looked at. */
export const readFacts = async (
  db: Database,
  quarters: ReadonlyMap<string, readonly Quarter[]>,
  since: Date,
): Promise<ReadonlyMap<string, Facts>> => {
  const communes = [...quarters.keys()];
  const facts = new Map<string, Growing>(communes.map((insee) => [insee, { people: [], posts: [], favours: [] }]));
  const finders = new Map(communes.map((insee) => [insee, quarterFinder(quarters.get(insee) ?? [])]));
  const known = new Map<string, string | null>();
  const quarterOf = (insee: string, cell: string): string | null => {
    const key = `${insee} ${cell}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = finders.get(insee)?.(cellCentre(Cell.parse(cell))) ?? null;
    known.set(key, found);
    return found;
  };
  const [people, posts, favours] = await Promise.all([
    listPeople(db, communes),
    listPosts(db, communes, since),
    listFavours(db, communes, since),
  ]);
  for (const { commune, cell, id, offline, joined, left } of people)
    facts.get(commune)?.people.push({
      ...{ id, quarter: quarterOf(commune, cell), isOffline: offline },
      ...{ joinedAt: msOf(joined), leftAt: left === null ? null : msOf(left) },
    });
  for (const { commune, cell, kind, category, author, at, yes, counted } of posts)
    facts.get(commune)?.posts.push({
      ...{ kind, category, author, quarter: quarterOf(commune, cell), isCounted: counted },
      ...{ at: msOf(at), firstYesAt: yes === null ? null : msOf(yes) },
    });
  for (const row of favours) {
    const { helper, beneficiary, minutes } = row;
    for (const insee of new Set([row.commune, row.helper_commune, row.beneficiary_commune]))
      facts.get(insee)?.favours.push({
        ...{ helper, beneficiary, quarter: quarterOf(insee, row.cell), isHere: insee === row.commune },
        ...{ acceptedAt: msOf(row.accepted), doneAt: row.done === null ? null : msOf(row.done), minutes: minutes ?? 0 },
      });
  }
  return facts;
};
