import { describe, expect, test } from 'vitest';
import { Category } from '../posts/index.ts';
import type { Facts, FavourFact, PersonFact, PostFact } from './facts.ts';
import { countSpan, sumsIn } from './tallies.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
const span = { from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 10, 1) };
const person = (id: string, more: Partial<PersonFact> = {}): PersonFact => ({
  ...{ id, quarter: 'q1', isOffline: false, joinedAt: span.from - dayMs, leftAt: null, ...more },
});
const post = (author: string, more: Partial<PostFact> = {}): PostFact => ({
  ...{ kind: 'request', category: 'pets', author, quarter: 'q1', at: span.from, firstYesAt: null, isCounted: true },
  ...more,
});
const favour = (helper: string, beneficiary: string, more: Partial<FavourFact> = {}): FavourFact => ({
  ...{ helper, beneficiary, quarter: 'q1', acceptedAt: span.from, doneAt: span.from, minutes: 60, isHere: true },
  ...more,
});
const count = (facts: Partial<Facts>, quarters: string[] = []) =>
  countSpan({ people: [], posts: [], favours: [], ...facts }, span, quarters);

describe('people', () => {
  test('are neighbours who joined before the end and had not left by then', () => {
    const people = [
      person('stayed'),
      person('joined-last', { joinedAt: span.to - 1 }),
      person('joined-after', { joinedAt: span.to }),
      person('left-before', { leftAt: span.to - 1 }),
      person('left-long-before', { leftAt: span.from }),
      person('left-after', { leftAt: span.to }),
    ];
    expect(count({ people }).neighbours.count).toBe(3);
  });

  test('are newcomers from the first instant of the span to its last, each once', () => {
    const people = [
      person('before', { joinedAt: span.from - 1 }),
      person('first', { joinedAt: span.from }),
      person('last', { joinedAt: span.to - 1 }),
      person('last', { joinedAt: span.to - 2 }),
      person('after', { joinedAt: span.to }),
    ];
    expect(count({ people }).newcomers.count).toBe(2);
    expect(sumsIn({ people, posts: [], favours: [] }, span).newcomers).toBe(2);
  });

  test('are active by a post, or either side of a favour accepted in the span, if they live here', () => {
    const people = ['writer', 'helper', 'helped', 'quiet', 'early'].map((id) => person(id));
    const { active, online, offline } = count({
      people: [...people, person('paper', { isOffline: true })],
      posts: [
        post('writer', { isCounted: false }),
        post('paper'),
        post('early', { at: span.from - 1 }),
        post('stranger'),
      ],
      favours: [
        favour('helper', 'helped', { doneAt: null, isHere: false }),
        favour('early', 'x', { acceptedAt: span.to }),
      ],
    });
    expect([active.all.count, online.count, offline.count]).toEqual([4, 3, 1]);
  });
});

describe('posts', () => {
  test('count where they are counted, by kind, category and quarter', () => {
    const posts = [
      post('a'),
      post('a', { category: 'garden', quarter: 'q2' }),
      post('b', { kind: 'offer' }),
      post('c', { isCounted: false }),
      post('c', { at: span.to }),
      post('c', { quarter: null }),
    ];
    const { requests, offers } = count({ posts }, ['q1', 'q2', 'q3']);
    expect(requests.all).toEqual({ count: 3, people: 2, largest: 2 });
    expect(requests.quarters.map(({ count: of }) => of)).toEqual([1, 1, 0]);
    const of = (list: typeof requests) =>
      Object.fromEntries(Category.options.map((id, n) => [id, list.categories[n]?.count]));
    expect(of(requests)).toMatchObject({ pets: 2, garden: 1, repair: 0 });
    expect(of(offers)).toMatchObject({ pets: 1, garden: 0 });
    expect(sumsIn({ people: [], posts, favours: [] }, span)).toMatchObject({ requests: 3, offers: 1, favours: 0 });
  });

  test('are answered when somebody said yes before the end; the wait is the median, in minutes', () => {
    const answered = (minutes: number) => post('a', { firstYesAt: span.from + minutes * minuteMs });
    const late = [
      post('b', { firstYesAt: span.to }),
      post('c'),
      post('d', { at: span.to - 1, firstYesAt: span.to - 1 }),
    ];
    const three = count({ posts: [answered(90), answered(10), answered(30)] });
    expect([three.answered.all.count, three.unanswered.all.count, three.firstYesMinutes]).toEqual([3, 0, 30]);
    const four = count({ posts: [answered(100), answered(10), answered(30), answered(20)] });
    expect(four.firstYesMinutes).toBe(25);
    const some = count({ posts: [answered(8), ...late] });
    expect([some.answered.all.count, some.unanswered.all.count, some.firstYesMinutes]).toEqual([2, 2, 4]);
    expect(some.unanswered.categories[Category.options.indexOf('pets')]?.count).toBe(2);
    expect(count({ posts: late.slice(0, 2) }).firstYesMinutes).toBe(0);
  });
});

describe('favours', () => {
  test('count when they were done here in the span, by the fewer people of either side', () => {
    const favours = [
      favour('h', 'a'),
      favour('h', 'b', { quarter: 'q2' }),
      favour('h', 'c', { isHere: false }),
      favour('h', 'd', { doneAt: span.to }),
      favour('h', 'e', { doneAt: null }),
    ];
    const counted = count({ favours }, ['q1', 'q2']).favours;
    expect(counted.all).toEqual({ count: 2, people: 1, largest: 2 });
    expect(counted.quarters.map(({ count: of }) => of)).toEqual([1, 1]);
    expect(sumsIn({ people: [], posts: [], favours }, span).favours).toBe(2);
  });

  test('give minutes, ten hours a calendar week at most for each helper; none count nobody', () => {
    const monday = Date.UTC(2026, 9, 5);
    const given = (helper: string, doneAt: number, minutes: number) => favour(helper, 'x', { doneAt, minutes });
    const minutes = (...favours: FavourFact[]) => count({ favours }).minutes;
    expect(minutes(given('h', monday, 500), given('h', monday + 6 * dayMs, 500)).count).toBe(600);
    expect(minutes(given('h', monday, 500), given('h', monday + 7 * dayMs, 500)).count).toBe(1000);
    expect(minutes(given('h', monday, 500), given('i', monday, 500))).toEqual({ count: 1000, people: 2, largest: 500 });
    expect(minutes(given('h', monday, 30), given('i', monday, 0))).toEqual({ count: 30, people: 1, largest: 30 });
    expect(minutes()).toEqual({ count: 0, people: 0, largest: 0 });
  });
});
