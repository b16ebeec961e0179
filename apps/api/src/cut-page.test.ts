import { randomBytes } from 'node:crypto';
import { PageQuery } from '@palier/domain/paging';
import { expect, test } from 'vitest';
import { openHarness } from '../test/harness.ts';
import { cutPage } from './cut-page.ts';
import type { Keys } from './keys.ts';

const keys = { cursor: randomBytes(32) } as unknown as Keys;
const letters = [...'abcdefg'];
const page = (all: readonly string[], query: object) =>
  cutPage(keys, 'letters', all, PageQuery.parse(query), (letter) => letter);

test('a list is shown whole, page after page, and the last page says so', () => {
  const first = page(letters, { limit: 3 });
  const second = page(letters, { limit: 3, cursor: first.next });
  const third = page(letters, { limit: 3, cursor: second.next });
  expect([...first.items, ...second.items, ...third.items]).toEqual(letters);
  expect([third.next, page(letters, { limit: 7 }).next, page([], {}).next]).toEqual([null, null, null]);
});

test('what is added or ends meanwhile hides nothing and shows nothing twice', () => {
  const { next } = page(letters, { limit: 3 });
  expect(page(['z', ...letters], { limit: 2, cursor: next }).items).toEqual(['d', 'e']);
  expect(page(letters.slice(1), { limit: 2, cursor: next }).items).toEqual(['d', 'e']);
  const withoutLast = letters.filter((letter) => letter !== 'c');
  expect(page(withoutLast, { limit: 2, cursor: next }).items).toEqual(['d', 'e']);
});

test('a cursor of another list, or one changed, is refused', () => {
  const { next } = page(letters, { limit: 3 });
  const query = PageQuery.parse({ cursor: next });
  expect(() => cutPage(keys, 'others', letters, query, (letter) => letter)).toThrow('cursor.invalid');
  expect(() => page(letters, { cursor: `${next}x` })).toThrow('cursor.invalid');
});

test('nobody goes on from another’s page', async () => {
  const h = await openHarness();
  const [one, other] = [await h.mintResident(), await h.mintResident()];
  for (const category of ['pets', 'garden'])
    await h.call('POST', '/interests', { as: one, body: { category, withinM: 500 } });
  const { body } = await h.call('GET', '/interests?limit=1', { as: one });
  const rest = await h.call('GET', `/interests?cursor=${body.next}`, { as: one });
  expect([body.items[0].category, rest.body.items.length, rest.body.next]).toEqual(['pets', 1, null]);
  const theirs = await h.call('GET', `/interests?cursor=${body.next}`, { as: other });
  expect([theirs.status, theirs.body.code]).toEqual([400, 'cursor.invalid']);
});
