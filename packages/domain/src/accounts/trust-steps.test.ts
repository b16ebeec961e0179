import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Category, isSensitive } from '../posts/categories.ts';
import { canInvite, invitationState } from './invitations.ts';
import { becomesTrusted, canVouch, isVouchedFor, mayHelp, type Voucher, vouching } from './trust-steps.ts';

const now = new Date('2026-11-22T10:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const voucher = (more: Partial<Voucher> = {}): Voucher => ({
  id: 'a',
  trust: 'known',
  trustFrom: 'invitation',
  emailConfirmed: true,
  joinedAt: ago(20),
  invitedBy: null,
  ...more,
});
const arrival = { id: 'new', trust: 'new' } as const;
const codeOf = (verdict: ReturnType<typeof canVouch>) => (verdict.ok ? 'ok' : verdict.code);

test('a new resident helps everywhere but where someone would be alone with a person, a child or their papers', () => {
  for (const category of Category.options) {
    expect(mayHelp('new', category)).toBe(!isSensitive(category));
    expect(mayHelp('known', category) && mayHelp('trusted', category)).toBe(true);
  }
});

describe('vouching', () => {
  test('is for known neighbours, here for a fortnight, with a confirmed address, and not for oneself', () => {
    expect(codeOf(canVouch(voucher(), arrival, 0, now))).toBe('ok');
    expect(codeOf(canVouch(voucher({ id: 'new' }), arrival, 0, now))).toBe('vouch.own');
    for (const not of [{ trust: 'new' as const }, { emailConfirmed: false }, { joinedAt: ago(13) }])
      expect(codeOf(canVouch(voucher(not), arrival, 0, now))).toBe('trust.required');
    expect(codeOf(canVouch(voucher(), { id: 'b', trust: 'known' }, 0, now))).toBe('vouch.needless');
    expect(codeOf(canVouch(voucher(), arrival, vouching.perMonthMax, now))).toBe('rate.vouches');
  });

  test('whoever became known by neighbours alone vouches only once trusted: accounts do not lift each other', () => {
    expect(codeOf(canVouch(voucher({ trustFrom: 'neighbours' }), arrival, 0, now))).toBe('trust.required');
    expect(codeOf(canVouch(voucher({ trustFrom: 'favours', trust: 'trusted' }), arrival, 0, now))).toBe('ok');
  });

  test('takes two neighbours apart: not one and their invitee, nor two invitees of one, nor whom the resident brought in', () => {
    const by = (id: string, invitedBy: string | null = null) => ({ id, invitedBy });
    expect(isVouchedFor('new', [by('a')])).toBe(false);
    expect(isVouchedFor('new', [by('a'), by('a')])).toBe(false);
    expect(isVouchedFor('new', [by('a'), by('b')])).toBe(true);
    expect(isVouchedFor('new', [by('a'), by('b', 'a')])).toBe(false);
    expect(isVouchedFor('new', [by('b', 'x'), by('c', 'x')])).toBe(false);
    expect(isVouchedFor('new', [by('a'), by('b', 'new')])).toBe(false);
    expect(isVouchedFor('new', [by('new'), by('a')])).toBe(false);
    expect(isVouchedFor('new', [by('a'), by('b', 'a'), by('c')])).toBe(true);
  });

  test('one person with any number of invitees, and invitees of theirs alone, never makes anyone known', () => {
    fc.assert(
      fc.property(fc.array(fc.constant('boss'), { maxLength: 12 }), (inviters) => {
        const gang = [{ id: 'boss', invitedBy: null }, ...inviters.map((invitedBy, n) => ({ id: `p${n}`, invitedBy }))];
        expect(isVouchedFor('new', gang)).toBe(false);
      }),
    );
  });

  test('the order of vouches, and vouches more, never take away what two gave', () => {
    const given = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      invitedBy: fc.constantFrom(null, 'a', 'b', 'x'),
    });
    fc.assert(
      fc.property(fc.array(given, { maxLength: 6 }), given, (list, more) => {
        expect(isVouchedFor('new', [...list].reverse())).toBe(isVouchedFor('new', list));
        if (isVouchedFor('new', list)) expect(isVouchedFor('new', [...list, more])).toBe(true);
      }),
    );
  });
});

test('trusted comes with three people helped and a month, for whoever is known', () => {
  const grown = { trust: 'known', knownSince: ago(30), people: 3 } as const;
  expect(becomesTrusted(grown, now)).toBe(true);
  expect(becomesTrusted({ ...grown, people: 2 }, now)).toBe(false);
  expect(becomesTrusted({ ...grown, knownSince: ago(29) }, now)).toBe(false);
  expect(becomesTrusted({ ...grown, trust: 'new' }, now)).toBe(false);
});

test('a neighbour invites once verified, from the fourth day, ten times a day', () => {
  const known = { trust: 'known', joinedAt: ago(3) } as const;
  expect(canInvite(known, 9, true, now)).toEqual({ ok: true });
  expect(canInvite(known, 10, true, now)).toEqual({ ok: false, code: 'rate.invitations' });
  expect(canInvite(known, 10, false, now)).toEqual({ ok: true });
  expect(canInvite({ ...known, joinedAt: ago(2.9) }, 0, true, now)).toEqual({ ok: false, code: 'invitation.early' });
  expect(canInvite({ ...known, trust: 'new' }, 0, true, now)).toEqual({ ok: false, code: 'trust.required' });
});

test('what became of a code is said from its row', () => {
  const open = { usesLeft: 1, expiresAt: ago(-1), revokedAt: null };
  expect(invitationState(open, now)).toBe('open');
  expect(invitationState({ ...open, usesLeft: null }, now)).toBe('open');
  expect(invitationState({ ...open, usesLeft: 0 }, now)).toBe('used');
  expect(invitationState({ ...open, expiresAt: now }, now)).toBe('expired');
  expect(invitationState({ ...open, usesLeft: 0, revokedAt: now }, now)).toBe('revoked');
});
