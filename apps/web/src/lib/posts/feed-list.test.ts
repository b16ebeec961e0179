import type { PostCard } from '@palier/domain/posts';
import { describe, expect, test } from 'vitest';
import { changed, closed, type FeedCard, listOf, opened, withPage, withWaiting } from './feed-list.ts';
import { readFilters } from './filters.ts';
import { plainCard } from './testing/plain-card.ts';

const card = (id: string, more: Partial<PostCard> = {}): PostCard => ({
  ...plainCard,
  id,
  title: `Post ${id}`,
  ...more,
});
const all = readFilters(new URLSearchParams());
const two = listOf(all, [card('a'), card('b')], 'further');
const ids = (posts: readonly FeedCard[]) => posts.map(({ id }) => id);

describe('opened', () => {
  test('slides in on top for a reader who is there', () => {
    const list = opened(two, card('c'), true);
    expect(ids(list.posts)).toEqual(['c', 'a', 'b']);
    expect(list.fresh).toEqual(new Set(['c']));
  });
  test('waits for a reader further down, and comes newest first when asked for', () => {
    const list = opened(opened(two, card('c'), false), card('d'), false);
    expect(ids(list.posts)).toEqual(['a', 'b']);
    expect(ids(list.waiting)).toEqual(['c', 'd']);
    const shown = withWaiting(list);
    expect(ids(shown.posts)).toEqual(['d', 'c', 'a', 'b']);
    expect(shown.waiting).toEqual([]);
  });
  test('is never there twice', () => {
    const again = opened(opened(two, card('c'), true), card('c', { title: 'Changed' }), true);
    expect(ids(again.posts)).toEqual(['c', 'a', 'b']);
    expect(again.posts[0]?.title).toBe('Changed');
    const waiting = opened(opened(two, card('c'), false), card('c', { title: 'Changed' }), true);
    expect(ids(waiting.posts)).toEqual(['a', 'b']);
    expect(waiting.waiting.map(({ title }) => title)).toEqual(['Changed']);
  });
  test('stands where it stood when its place frees again', () => {
    const list = opened(closed(two, 'b', 'filled'), card('b'), true);
    expect(ids(list.posts)).toEqual(['a', 'b']);
    expect(list.taken.size).toBe(0);
  });
  test.each([
    ['kind=offer', {}],
    ['category=pets&category=garden', {}],
    ['within=250', {}],
    ['urgent=true', {}],
  ])('is not shown when %s leaves it out', (search, more) => {
    const list = listOf(readFilters(new URLSearchParams(search)), [], null);
    expect(opened(list, card('c', more), true).posts).toEqual([]);
    expect(opened(list, card('c', more), false).waiting).toEqual([]);
  });
  test.each([
    ['kind=request&category=errands&within=500', {}],
    ['within=250', { place: { nearness: 'same-residence', cell: '', commune: '' } }],
    ['urgent=true', { urgent: true }],
  ] as const)('is shown when %s lets it in', (search, more) => {
    expect(
      ids(opened(listOf(readFilters(new URLSearchParams(search)), [], null), card('c', more), true).posts),
    ).toEqual(['c']);
  });
});

describe('changed', () => {
  test('brings a card up to date where it stands', () => {
    const list = changed(two, card('b', { helpersTaken: 1 }), true);
    expect(list.posts.map(({ helpersTaken }) => helpersTaken)).toEqual([0, 1]);
  });
  test('removes a card that no longer fits', () => {
    const list = listOf(readFilters(new URLSearchParams('category=errands')), [card('a'), card('b')], null);
    expect(ids(changed(list, card('b', { category: 'pets' }), true).posts)).toEqual(['a']);
  });
  test('leaves a card on its later page, and shows it when there is no later page', () => {
    expect(changed(two, card('z'), true)).toBe(two);
    expect(ids(changed({ ...two, next: null }, card('z'), true).posts)).toEqual(['z', 'a', 'b']);
  });
});

describe('closed', () => {
  test('keeps a filled post, marked as taken', () => {
    const list = closed(two, 'a', 'filled');
    expect(ids(list.posts)).toEqual(['a', 'b']);
    expect(list.taken).toEqual(new Set(['a']));
  });
  test.each(['withdrawn', 'expired', 'removed', 'done', 'open'] as const)(
    'removes a post that is %s and gone',
    (state) => {
      expect(ids(closed(two, 'a', state).posts)).toEqual(['b']);
    },
  );
  test('removes a taken post that then goes', () => {
    const list = closed(closed(two, 'a', 'filled'), 'a', 'withdrawn');
    expect(ids(list.posts)).toEqual(['b']);
    expect(list.taken.size).toBe(0);
  });
  test('takes a waiting post out of what waits', () => {
    for (const state of ['filled', 'withdrawn'] as const)
      expect(closed(opened(two, card('c'), false), 'c', state).waiting).toEqual([]);
  });
  test('of a post not in hand changes nothing that is seen', () => {
    const list = closed(two, 'z', 'filled');
    expect([ids(list.posts), list.taken.size]).toEqual([['a', 'b'], 0]);
  });
});

test('a further page adds what is not in hand', () => {
  const list = withPage(opened(two, card('c'), false), [card('b'), card('c'), card('d')], null);
  expect(ids(list.posts)).toEqual(['a', 'b', 'd']);
  expect(list.next).toBeNull();
});
