import { Category } from '../posts/index.ts';
import { type Tally, tallyOf, tallyOfPeople, type Weighed } from './cells.ts';
import type { Facts, FavourFact, PostFact } from './facts.ts';
import { type Span, weekOf } from './period.ts';

const dayMs = 86_400_000;
/** The most minutes of one person that count in a week (privacy.md, Aggregates). */
const minutesMaxAWeek = 600;

const isIn = (at: number | null, { from, to }: Span): at is number => at !== null && at >= from && at < to;

/** A sum and its parts by category and by quarter, in the order of `Category.options` and of the quarters given. */
export type Divided = {
  readonly all: Tally;
  readonly categories: readonly Tally[];
  readonly quarters: readonly Tally[];
};

const ofPosts = (posts: readonly PostFact[]): Tally =>
  tallyOf(posts.map(({ author }) => ({ weight: 1, sides: [author] })));
const byCategory = (posts: readonly PostFact[]): Tally[] => {
  const parts = Map.groupBy(posts, ({ category }) => category);
  return Category.options.map((category) => ofPosts(parts.get(category) ?? []));
};

const byQuarter = <T extends { quarter: string | null }>(
  list: readonly T[],
  quarters: readonly string[],
  count: (part: readonly T[]) => Tally,
): Tally[] => {
  const parts = Map.groupBy(list, ({ quarter }) => quarter);
  return quarters.map((quarter) => count(parts.get(quarter) ?? []));
};

const dividePosts = (posts: readonly PostFact[], quarters: readonly string[]): Divided => ({
  all: ofPosts(posts),
  categories: byCategory(posts),
  quarters: byQuarter(posts, quarters, ofPosts),
});

const ofFavours = (favours: readonly FavourFact[]): Tally =>
  tallyOf(favours.map(({ helper, beneficiary }) => ({ weight: 1, sides: [helper, beneficiary] })));

/** Minutes given, at most 600 a calendar week per helper. */
const ofMinutes = (favours: readonly FavourFact[]): Tally => {
  const given = new Map<string, Weighed & { weight: number }>();
  for (const { helper, doneAt, minutes } of favours) {
    const key = `${helper} ${weekOf(Math.floor((doneAt ?? 0) / dayMs)).id}`;
    const before = given.get(key)?.weight ?? 0;
    given.set(key, { weight: Math.min(minutesMaxAWeek, before + minutes), sides: [helper] });
  }
  return tallyOf([...given.values()].filter(({ weight }) => weight > 0));
};

/** Who of the commune took part: wrote a post, or was a side of a favour that was accepted in the span. */
const activeIn = ({ posts, favours }: Facts, span: Span): Set<string> => {
  const active = new Set<string>();
  for (const post of posts) if (isIn(post.at, span)) active.add(post.author);
  for (const { helper, beneficiary, acceptedAt } of favours)
    if (isIn(acceptedAt, span)) active.add(helper).add(beneficiary);
  return active;
};

/** The requests of a span, told apart by whether somebody had said yes when it ended. */
const splitByAnswer = (requests: readonly PostFact[], { to }: Span) => {
  const isAnswered = ({ firstYesAt }: PostFact): boolean => firstYesAt !== null && firstYesAt < to;
  return { answered: requests.filter(isAnswered), unanswered: requests.filter((post) => !isAnswered(post)) };
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
};

/** How much of what weeks and months divide alike lies in a span of one commune. */
export const sumsIn = ({ people, posts, favours }: Facts, span: Span) => {
  const newcomers = new Set(people.filter(({ joinedAt }) => isIn(joinedAt, span)).map(({ id }) => id));
  const sums = { newcomers: newcomers.size, requests: 0, offers: 0, favours: 0 };
  for (const { kind, isCounted, at } of posts)
    if (isCounted && isIn(at, span)) sums[kind === 'request' ? 'requests' : 'offers'] += 1;
  for (const { isHere, doneAt } of favours) if (isHere && isIn(doneAt, span)) sums.favours += 1;
  return sums;
};

/** Everything a release counts in a span of one commune, before anything is hidden; `quarters` are ids, empty where the commune is one quarter. */
export const countSpan = (facts: Facts, span: Span, quarters: readonly string[]) => {
  const here = new Map(facts.people.map((person) => [person.id, person]));
  const active = [...activeIn(facts, span)].flatMap((id) => here.get(id) ?? []);
  const people = (list: readonly { id: string }[]): Tally => tallyOfPeople(list.map(({ id }) => id));
  const posts = facts.posts.filter((post) => post.isCounted && isIn(post.at, span));
  const requests = posts.filter(({ kind }) => kind === 'request');
  const offers = posts.filter(({ kind }) => kind === 'offer');
  const done = facts.favours.filter(({ isHere, doneAt }) => isHere && isIn(doneAt, span));
  const { answered, unanswered } = splitByAnswer(requests, span);
  const waits = answered.map(({ at, firstYesAt }) => ((firstYesAt ?? at) - at) / 60_000);
  return {
    neighbours: people(
      facts.people.filter(({ joinedAt, leftAt }) => joinedAt < span.to && (leftAt === null || leftAt >= span.to)),
    ),
    newcomers: people(facts.people.filter(({ joinedAt }) => isIn(joinedAt, span))),
    active: {
      all: people(active),
      categories: [],
      quarters: byQuarter(active, quarters, people),
    } satisfies Divided,
    offline: people(active.filter(({ isOffline }) => isOffline)),
    online: people(active.filter(({ isOffline }) => !isOffline)),
    requests: dividePosts(requests, quarters),
    offers: dividePosts(offers, quarters),
    favours: {
      all: ofFavours(done),
      categories: [],
      quarters: byQuarter(done, quarters, ofFavours),
    } satisfies Divided,
    answered: { all: ofPosts(answered), categories: byCategory(answered) },
    unanswered: { all: ofPosts(unanswered), categories: byCategory(unanswered) },
    firstYesMinutes: median(waits),
    minutes: ofMinutes(done),
  };
};
export type Counts = ReturnType<typeof countSpan>;
