import { expect, test } from 'vitest';
import { isSame, type Outcome, outcomeOf, type Store, sendAll, type Waiting, wordsIn } from './waiting.ts';

const hour = 3_600_000;
const typed = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  id,
  reader: 'a',
  action: '/messages/x?/say',
  fields: [['text', id]],
  label: id,
  page: '/messages/x',
  at: 0,
  triedAt: null,
  refusal: null,
  ...more,
});

const holding = (...items: Waiting[]): Store & { left: () => Waiting[] } => {
  const kept = new Map(items.map((item) => [item.id, item]));
  return {
    list: async () => [...kept.values()],
    put: async (item) => void kept.set(item.id, item),
    remove: async (id) => void kept.delete(id),
    left: () => [...kept.values()],
  };
};

const sendWith = async (store: Store, answers: Record<string, Outcome>, now = 0) => {
  const order: string[] = [];
  const count = await sendAll(
    store,
    async ({ id }) => {
      order.push(id);
      return answers[id] ?? 'sent';
    },
    () => now,
  );
  return { order, count };
};

test('what waits leaves in the order it was typed, once', async () => {
  const store = holding(typed('second', { at: 2 }), typed('first', { at: 1 }));
  expect(await sendWith(store, {})).toEqual({ order: ['first', 'second'], count: 2 });
  expect(await sendWith(store, {})).toEqual({ order: [], count: 0 });
});

test('the first that cannot leave holds the others back, and is remembered as tried', async () => {
  const store = holding(typed('first', { at: 1 }), typed('second', { at: 2 }));
  expect(await sendWith(store, { first: 'later' }, 7)).toEqual({ order: ['first'], count: 0 });
  expect(store.left()).toMatchObject([{ id: 'first', triedAt: 7 }, { triedAt: null }]);
});

test('what is refused stays with its reason and what was typed, is not sent again, and lets the others pass', async () => {
  const store = holding(typed('first', { at: 1 }), typed('second', { at: 2 }));
  const refusal = { code: 'post.full', sentence: 'C’est pris.' };
  expect((await sendWith(store, { first: refusal })).count).toBe(1);
  expect(store.left()).toMatchObject([{ id: 'first', refusal: 'C’est pris.', fields: [['text', 'first']] }]);
  expect((await sendWith(store, {})).order).toEqual([]);
});

test('a refusal that says it is done already counts as sent only after a sending without an answer', async () => {
  const done = { code: 'favour.closed', sentence: 'Déjà fini.' };
  const [again, fresh] = [holding(typed('x', { triedAt: 1 })), holding(typed('x'))];
  expect((await sendWith(again, { x: done })).count).toBe(1);
  expect(again.left()).toEqual([]);
  expect((await sendWith(fresh, { x: done })).count).toBe(0);
});

test('after the life of its key, what may have arrived is not sent again', async () => {
  const store = holding(typed('x', { triedAt: 0 }), typed('never tried', { at: 1 }));
  expect((await sendWith(store, {}, 24 * hour)).order).toEqual(['never tried']);
  expect(store.left()).toMatchObject([{ id: 'x', refusal: 'unsure' }]);
});

test('an action’s answer is read: sent, not now, or refused in words', () => {
  const failure = (code: string) => ({
    type: 'failure',
    data: JSON.stringify([{ code: 1, message: 2 }, code, 'Mots.']),
  });
  expect(outcomeOf(200, { type: 'redirect', location: '/messages/x' })).toBe('sent');
  expect(outcomeOf(200, { type: 'success' })).toBe('sent');
  expect(outcomeOf(200, { type: 'redirect', location: '/connexion?back=x' })).toBe('later');
  for (const status of [412, 429, 500, 503]) expect(outcomeOf(status, failure('x'))).toBe('later');
  for (const code of ['idempotency.in-flight', 'session.required', 'factor.required', 'factor.missing'])
    expect(outcomeOf(403, failure(code))).toBe('later');
  expect(outcomeOf(409, failure('post.full'))).toEqual({ code: 'post.full', sentence: 'Mots.' });
  expect(outcomeOf(404, { type: 'error', error: { message: 'Absent.' } })).toEqual({ code: '', sentence: 'Absent.' });
});

test('whoever presses twice says it once; other words, another account or what was refused are something else', () => {
  const one = typed('a', {
    fields: [
      ['text', 'Oui'],
      ['idempotencyKey', 'a'],
    ],
  });
  const again = typed('b', {
    fields: [
      ['text', 'Oui'],
      ['idempotencyKey', 'b'],
      ['tappedAt', 'a second later'],
    ],
  });
  expect(isSame(one, again)).toBe(true);
  for (const more of [
    { fields: [['text', 'Non']] as [string, string][] },
    { reader: 'b' },
    { action: '/y' },
    { refusal: 'Pris.' },
  ])
    expect(isSame(one, { ...again, ...more })).toBe(false);
});

test('the words that were typed are found whole, among fields that nobody typed', () => {
  const long = 'Merci '.repeat(80);
  expect(
    wordsIn(
      typed('a', {
        fields: [
          ['favourId', '1'],
          ['text', long],
        ],
      }),
    ),
  ).toBe(long);
  expect(
    wordsIn(
      typed('a', {
        fields: [
          ['note', 'Dans dix minutes'],
          ['idempotencyKey', 'k'],
        ],
      }),
    ),
  ).toBe('Dans dix minutes');
  expect(wordsIn(typed('a', { fields: [['favourId', '1']] }))).toBe('');
});
