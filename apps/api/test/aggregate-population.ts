import {
  type BoardSeen,
  boardPeople,
  buildRelease,
  closedPeriods,
  type Facts,
  monthOf,
  type Period,
  periodOf,
  type Quarter,
  type Release,
  startOfDay,
} from '@palier/domain/insights';
import { Category } from '@palier/domain/posts';

const timeZone = 'Europe/Paris';
const hourMs = 3_600_000;

/** A repeatable draw (mulberry32): the same seed, the same numbers from 0 to 1. */
const drawsOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export type Population = { facts: Facts; quarters: Quarter[]; since: number; until: number };

/** A made-up commune of random size, liveliness and evenness, over some months before a random day of 2026; few or many, so that counts lie around every threshold. */
export const populationOf = (seed: number, months = 12): Population => {
  const random = drawsOf(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const until = Date.UTC(2026, below(12), 1 + below(28)) / 86_400_000;
  const since = monthOf(until - 31 * months).firstDay;
  const quarters = Array.from({ length: [0, 0, 2, 3, 6][below(5)] ?? 0 }, (_, n) => ({ id: `q${n + 1}`, cells: [] }));
  const size = Math.round(6 * Math.exp(3.5 * random()));
  const [from, to] = [startOfDay(since, timeZone), startOfDay(until, timeZone)];
  const instant = (): number => from + random() * (to - from);
  const people = Array.from({ length: size }, (_, n) => ({
    id: `p${n}`,
    quarter:
      quarters.length > 0 ? (quarters[Math.min(below(quarters.length), below(quarters.length))]?.id ?? null) : null,
    isOffline: random() < 0.2,
    joinedAt: random() < 0.5 ? from - 1 : instant(),
    leftAt: random() < 0.05 ? to - below(1000) * hourMs : null,
  })).filter(({ joinedAt, leftAt }) => leftAt === null || joinedAt < leftAt);
  type Person = (typeof people)[number];
  /** Nobody acts before they came or after they left: what is published then never contradicts itself. */
  const isThere = ({ joinedAt, leftAt }: Person, at: number): boolean =>
    joinedAt <= at && (leftAt === null || at < leftAt);
  // Some communes live by a few busy people, others by everybody.
  const evenness = 1 + 3 * random();
  const someone = () => people[Math.floor(people.length * random() ** evenness)] as Person;
  const perPersonMonth = 0.1 + 1.6 * random() ** 2;
  const favoured = Category.options.slice(0, 1 + below(16));
  const events = Math.round(size * perPersonMonth * months);
  const answeredShare = random();
  const posts: Facts['posts'][number][] = [];
  const favours: Facts['favours'][number][] = [];
  for (let n = 0; n < events; n++) {
    const [author, other, at] = [someone(), someone(), instant()];
    const isYes = random() < answeredShare;
    const kind = random() < 0.65 ? 'request' : 'offer';
    const acceptedAt = at + random() ** 3 * 200 * hourMs;
    if (!isThere(author, at)) continue;
    const { quarter } = author;
    const category = random() < 0.9 ? favoured[below(favoured.length)] : Category.options[below(16)];
    const post = {
      kind,
      category: category ?? 'other',
      author: author.id,
      quarter,
      at,
      isCounted: random() < 0.97,
    } as const;
    const isAnswered = isYes && isThere(author, acceptedAt) && isThere(other, acceptedAt);
    posts.push({ ...post, firstYesAt: isAnswered ? acceptedAt : null });
    if (!isAnswered) continue;
    const [helper, beneficiary] = kind === 'request' ? [other.id, author.id] : [author.id, other.id];
    const doneAt = random() < 0.9 ? acceptedAt + random() * 72 * hourMs : null;
    favours.push({ helper, beneficiary, quarter, acceptedAt, doneAt, minutes: 5 * below(40), isHere: random() < 0.95 });
  }
  return { facts: { people, posts, favours }, quarters, since, until };
};

/** Every release of a population, in the order in which they are built. */
export const releasesOf = ({ facts, quarters, since, until }: Population): Release[] => {
  const built = new Map<string, Release>();
  for (const period of closedPeriods(since, until))
    built.set(
      period.id,
      buildRelease({
        ...{
          commune: '01173',
          timeZone,
          period,
          number: 1,
          facts,
          quarters,
          residences: 4,
          downloads: 9,
          campaigns: 1,
          watch: null,
        },
        earlier: (id) => built.get(id),
      }),
    );
  return [...built.values()];
};

/** What the board showed at the end of each closed week, read every hour before it. */
export const boardsOf = ({ facts }: Population, releases: readonly Release[]): BoardSeen[] => {
  const here = new Set(facts.people.map(({ id }) => id));
  const weeks = releases.map(({ period }) => periodOf(period)).filter((one): one is Period => one?.kind === 'week');
  return weeks.map((week) => {
    const month = monthOf(week.lastDay);
    const [from, to] = [startOfDay(month.firstDay, timeZone), startOfDay(week.lastDay + 1, timeZone)];
    const isIn = (at: number): boolean => at >= from && at < to;
    const acts = [
      ...facts.posts.filter(({ at }) => isIn(at)).map(({ author }) => author),
      ...facts.favours
        .filter(({ acceptedAt }) => isIn(acceptedAt))
        .flatMap(({ helper, beneficiary }) => [helper, beneficiary]),
    ];
    const people = new Set(acts.filter((id) => here.has(id)));
    return { month: month.id, week: week.id, value: boardPeople(people.size, null).value };
  });
};
