import { Category, ListPosts } from '@palier/domain/posts';
import { describe, expect, test } from 'vitest';
import { addressOf, countChoices, interestOf, queryOf, readFilters } from './filters.ts';
import { categories } from './words.ts';

const read = (search: string) => readFilters(new URLSearchParams(search));

test('the words name every category of the domain, in its order', () => {
  expect(categories).toEqual(Category.options);
});

describe('readFilters', () => {
  test('reads everything that a form sends', () => {
    expect(read('kind=offer&category=pets&category=garden&within=1000&urgent=true&sort=soon&q=%20chat%20')).toEqual({
      kind: 'offer',
      category: ['pets', 'garden'],
      within: 1000,
      urgent: true,
      sort: 'soon',
      q: 'chat',
    });
  });
  test('leaves out what it does not know', () => {
    expect(read('kind=ad&category=cars&within=7&urgent=1&sort=price&x=y')).toEqual(read(''));
  });
  test('cuts a text that is too long for the API', () => {
    expect(read(`q=${'é'.repeat(300)}`).q).toHaveLength(200);
  });
});

describe('addressOf', () => {
  const search = 'kind=request&category=pets&category=garden&within=500&urgent=true&sort=recent&q=un+chat';
  test('gives the same filters back', () => {
    expect(read(addressOf(read(search)).split('?')[1] ?? '')).toEqual(read(search));
    expect(addressOf(read(''))).toBe('/autour');
    expect(addressOf(read('kind=offer'), { cursor: 'abc' })).toBe('/autour?cursor=abc&kind=offer');
  });
  test('asks the API for nothing that it refuses', () => {
    expect(ListPosts.safeParse(queryOf(read(search))).success).toBe(true);
    expect(ListPosts.safeParse(queryOf(read(''))).success).toBe(true);
  });
});

test('choices are counted, the kind and the order aside', () => {
  expect(countChoices(read('kind=offer&sort=soon'))).toBe(0);
  expect(countChoices(read('category=pets&category=garden&within=500&urgent=true&q=chat'))).toBe(5);
});

test('of the stream, filters by distance and kind of help leave less to hear of; the others nothing less', () => {
  expect(interestOf(read('kind=offer&urgent=true&q=chat&sort=best'))).toBeNull();
  expect(interestOf(read('within=500'))).toEqual({ within: 500, categories: null });
  expect(interestOf(read('category=pets&category=garden'))).toEqual({ within: null, categories: ['pets', 'garden'] });
});
