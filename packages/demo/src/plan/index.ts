import type { PlanInput } from './input.ts';
import { planCases } from './plan-cases.ts';
import { planHistory } from './plan-history.ts';
import { planPeople } from './plan-people.ts';
import { planPlaces } from './plan-places.ts';
import { planPosts } from './plan-posts.ts';
import { planWatch } from './plan-watch.ts';
import { openChance } from './seeded.ts';

export type { Located, PlanInput } from './input.ts';
export type * from './rows.ts';

const seed = 20_261_122;

/**
 * Every row of the demo territory, by table and in the order in which tables refer to each other, those of its watch apart; deterministic but for `startAt` and the cells.
 * Nobody reads the clock, the disk or a secret here: the caller gives the instant, the password's hash and the public cells.
 */
export const planDemo = (input: PlanInput) => {
  const planning = { ...input, chance: openChance(seed) };
  const places = planPlaces(planning);
  const { accounts, roleGrants, people } = planPeople(planning, places);
  const who = (number: number) => {
    const person = people.get(number);
    if (!person) throw new Error(`no resident ${number}`);
    return person;
  };
  const posted = planPosts(planning, who);
  const past = planHistory(planning, who);
  const cases = planCases(planning, posted.posts, people.values());
  const [territory] = places.territories;
  const watch = planWatch(planning, who, { territoryId: territory?.id ?? '', accounts });
  return {
    watch,
    territories: places.territories,
    residences: places.residences,
    residencePlaces: places.residencePlaces,
    stairs: places.stairs,
    accounts,
    residents: [...people.values()].map(({ resident }) => resident),
    roleGrants,
    posts: [...past.posts, ...posted.posts],
    postBeneficiaries: posted.postBeneficiaries,
    favours: [...past.favours, ...posted.favours],
    cases,
  };
};
export type DemoPlan = ReturnType<typeof planDemo>;
