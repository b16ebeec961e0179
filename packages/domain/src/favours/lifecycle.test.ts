import { describe, expect, test } from 'vitest';
import { PostState } from '../posts/schemas.ts';
import {
  canAccept,
  canAct,
  type FavourAct,
  favourCanBecome,
  liveFavourStates,
  mayAnswerAgain,
  sideOfAnswer,
} from './lifecycle.ts';
import { FavourState } from './schemas.ts';

const post = { authorId: 'ana', kind: 'request', category: 'childcare', state: 'open' } as const;
const ben = { residentId: 'ben', trust: 'known' } as const;

describe('a favour’s life', () => {
  test('goes as product.md says, and nowhere else', () => {
    const ways = FavourState.options.flatMap((from) =>
      FavourState.options.filter((to) => favourCanBecome(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(ways).toEqual([
      'standby → accepted',
      'standby → withdrawn',
      'standby → released',
      'accepted → done',
      'accepted → withdrawn',
      'accepted → declined',
      'accepted → no-show',
      'accepted → released',
      'released → standby',
      'released → accepted',
    ]);
    expect(FavourState.options.filter((from) => FavourState.options.some((to) => favourCanBecome(from, to)))).toEqual([
      ...liveFavourStates,
      'released',
    ]);
  });

  test('the answer to a request helps, the answer to an offer is helped', () => {
    expect([sideOfAnswer('request'), sideOfAnswer('offer')]).toEqual(['helper', 'beneficiary']);
  });
});

test('anyone but the author answers an open or filled post; trust is asked of whoever would help', () => {
  expect(canAccept(post, ben)).toEqual({ ok: true });
  expect(canAccept(post, { ...ben, residentId: 'ana' })).toEqual({ ok: false, code: 'post.own' });
  expect(canAccept(post, { ...ben, trust: 'new' })).toEqual({ ok: false, code: 'trust.required' });
  expect(canAccept({ ...post, kind: 'offer' }, { ...ben, trust: 'new' })).toEqual({ ok: true });
  expect(canAccept({ ...post, category: 'errands' }, { ...ben, trust: 'new' })).toEqual({ ok: true });
  expect(PostState.options.filter((state) => canAccept({ ...post, state }, ben).ok)).toEqual(['open', 'filled']);
  expect(canAccept({ ...post, state: 'done' }, ben)).toEqual({ ok: false, code: 'post.closed' });
});

describe.each(FavourState.options)('of a favour that is %s', (state) => {
  const acts: FavourAct[] = ['withdraw', 'decline', 'done', 'no-show', 'thank'];
  const by = (residentId: string, act: FavourAct, kind: 'request' | 'offer', thanked = false, excused = false) => {
    const [helperId, beneficiaryId] = kind === 'request' ? ['ben', 'ana'] : ['ana', 'ben'];
    const verdict = canAct(
      act,
      { state, reason: 'nobody-came', acceptedBy: 'ben', authorId: 'ana', helperId, beneficiaryId, thanked, excused },
      residentId,
    );
    return verdict.ok ? 'yes' : verdict.code;
  };
  const accepted = state === 'accepted' ? 'yes' : 'favour.closed';

  test('each side does what is its own', () => {
    const left = state === 'accepted' || state === 'standby' ? 'yes' : 'favour.closed';
    const thanks = state === 'done' ? 'yes' : 'favour.closed';
    expect(acts.map((act) => by('ben', act, 'request'))).toEqual([
      left,
      'role.required',
      accepted,
      accepted,
      'role.required',
    ]);
    expect(acts.map((act) => by('ana', act, 'request'))).toEqual([
      'role.required',
      accepted,
      accepted,
      accepted,
      thanks,
    ]);
    expect([by('ben', 'thank', 'offer'), by('ana', 'thank', 'offer')]).toEqual([thanks, 'role.required']);
    expect(by('ana', 'thank', 'request', true)).toBe(state === 'done' ? 'favour.thanked' : 'favour.closed');
  });

  test('whoever waited in vain excuses it, once', () => {
    const excuse = state === 'no-show' ? 'yes' : 'favour.closed';
    expect([by('ana', 'excuse', 'request'), by('ben', 'excuse', 'request')]).toEqual([excuse, 'role.required']);
    expect(by('ana', 'excuse', 'request', false, true)).toBe('favour.closed');
  });
});

test('whoever left, was released, or was excused may answer again', () => {
  const again = FavourState.options.filter((state) => mayAnswerAgain({ state, isExcused: false }));
  expect(again).toEqual(['withdrawn', 'released']);
  expect(mayAnswerAgain({ state: 'no-show', isExcused: true })).toBe(true);
  expect(mayAnswerAgain({ state: 'declined', isExcused: true })).toBe(false);
});

test('where nobody was home it is the helper who waited in vain', () => {
  const favour = {
    state: 'no-show',
    reason: 'nobody-home',
    acceptedBy: 'ben',
    authorId: 'ana',
    helperId: 'ben',
    beneficiaryId: 'ana',
    thanked: false,
    excused: false,
  } as const;
  expect(canAct('excuse', favour, 'ben')).toEqual({ ok: true });
  expect(canAct('excuse', favour, 'ana')).toEqual({ ok: false, code: 'role.required' });
});
