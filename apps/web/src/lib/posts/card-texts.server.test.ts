import type { PostCard } from '@palier/domain/posts';
import { expect, test } from 'vitest';
import { readCard, splitPage } from './card-texts.server.ts';
import { plainCard } from './testing/plain-card.ts';

const cardOf = (n: number, title: string): PostCard => ({
  ...plainCard,
  id: `01a1dd9f-8a40-7b90-9663-93ae45221d0${n}`,
  title,
  excerpt: title,
  author: { id: `01a204ea-1dcd-7ee0-8446-99ca2ecce2${n}8`, displayName: title.slice(0, 40) },
});
const hostile = [
  'Porter un sac',
  'x"},{"id":"y',
  'x}],"next":null}',
  '}],',
  '},{',
  '\\"},{\\"id\\":\\"',
  '</script><script>alert(1)</script>',
  '<!-- "||[',
  'deux\u2028lignes\u2029ici 🧺',
  '$& $1 \0',
];
const cards = hostile.map((title, n) => cardOf(n, title));

const shown = (text: string) => {
  const { pieces, rest } = splitPage(text);
  return { cards: pieces.map((piece) => readCard(piece).card), rest };
};
const kept = ({ audience, state, createdAt, updatedAt, expiresAt, ...card }: PostCard) => card;

test('whatever neighbours write, each piece of the API’s text is one card', () => {
  const text = JSON.stringify({ items: cards, next: 'abc' });
  expect(shown(text)).toEqual({ cards: cards.map(kept), rest: { next: 'abc' } });
  expect(splitPage(text).pieces.every((piece) => text.includes(piece))).toBe(true);
});

test('an empty page, and one that says things in another order, are read too', () => {
  expect(shown('{"items":[],"next":null}')).toEqual({ cards: [], rest: { next: null } });
  const reasons = { [cards[1]?.id ?? '']: [{ code: 'relation', text: 'x' }] };
  expect(shown(JSON.stringify({ items: cards, reasons, next: null }))).toEqual({
    cards: cards.map(kept),
    rest: { reasons, next: null },
  });
  expect(shown(JSON.stringify({ next: null, items: cards })).cards).toEqual(cards.map(kept));
});

test('inside a script, a card’s text ends nothing and says the same', () => {
  for (const piece of splitPage(JSON.stringify({ items: cards, next: null })).pieces) {
    const { card, text } = readCard(piece);
    expect(text.toString()).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(text.toString())).toEqual(card);
    expect(Object.isFrozen(card)).toBe(true);
  }
});
