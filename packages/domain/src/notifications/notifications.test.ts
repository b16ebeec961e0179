import { expect, test } from 'vitest';
import { FavourState } from '../favours/index.ts';
import { hrefOfNotice, NotificationKind, tellingsOfFavour } from './index.ts';

/** Who makes each turn of a favour, as the answerer of a request (who is its helper) and its author see it. */
const makers: Record<string, 'author' | 'answerer' | 'helper' | 'beneficiary'> = {
  accepted: 'answerer',
  withdrawn: 'answerer',
  declined: 'author',
  'done:helper': 'helper',
  'done:beneficiary': 'beneficiary',
  'no-show:helper': 'helper',
  'no-show:beneficiary': 'beneficiary',
  'released:helper': 'helper',
  'released:beneficiary': 'beneficiary',
  thanked: 'beneficiary',
};

test('each turn of a favour is told to the other side, never to whoever made it', () => {
  for (const [change, maker] of Object.entries(makers)) {
    const told = tellingsOfFavour(change);
    expect(told, change).toHaveLength(1);
    expect(told[0]?.to, change).not.toBe(maker);
  }
  expect(tellingsOfFavour('promoted').map(({ to, kind }) => `${to} ${kind}`)).toEqual([
    'author answered',
    'answerer outcome',
  ]);
});

test('standing by, and ceasing to, tells nobody; an unknown word tells nobody', () => {
  for (const change of ['standby', 'stood-down', 'toString', '']) expect(tellingsOfFavour(change)).toEqual([]);
});

test('whoever answered hears of every end that a favour can come to', () => {
  for (const end of FavourState.options.filter((state) => !['standby', 'accepted', 'withdrawn'].includes(state)))
    expect(
      [end, `${end}:helper`, `${end}:beneficiary`].some((change) => tellingsOfFavour(change).length > 0),
      end,
    ).toBe(true);
});

test('every kind leads to a page of its subject, and nowhere without one', () => {
  const none = { postId: null, favourId: null, conversationId: null, caseId: null };
  const nowhere = NotificationKind.options.filter((kind) => hrefOfNotice(kind, none) === null);
  expect(NotificationKind.options.filter((kind) => !nowhere.includes(kind))).toEqual(['account', 'watch', 'town']);
  expect([
    hrefOfNotice('ask', { ...none, postId: 'p' }),
    hrefOfNotice('answered', { ...none, favourId: 'f' }),
    hrefOfNotice('message', { ...none, conversationId: 'c' }),
    hrefOfNotice('decision', { ...none, caseId: 'd' }),
    hrefOfNotice('case', { ...none, caseId: 'd' }),
    hrefOfNotice('act', { ...none, postId: 'p' }),
  ]).toEqual(['/annonces/p', '/coups-de-main', '/messages/c', '/decisions/d', '/bureau/dossiers/d', '/annonces/p']);
});
