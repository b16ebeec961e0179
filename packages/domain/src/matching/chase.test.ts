import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PostKind, PostState } from '../posts/schemas.ts';
import { chaseAgainAt, chaseAt, chaseQuestion } from './chase.ts';

const at = (text: string) => new Date(text);
const [from, to] = [at('2026-11-20T08:00:00Z'), at('2026-11-24T20:00:00Z')];
const kinds = fc.constantFrom(...PostKind.options);
const dayMs = 86_400_000;

describe('when an author is asked whether a post still holds', () => {
  it('is halfway from when they last spoke of it to its end', () => {
    expect(chaseAt({ kind: 'request' }, from, to)).toEqual(at('2026-11-22T14:00:00Z'));
  });

  it('is never for an offer that is over before it is stale', () => {
    const end = (days: number) => new Date(from.getTime() + days * dayMs);
    expect(chaseAt({ kind: 'offer' }, from, to)).toBeNull();
    expect(chaseAt({ kind: 'offer' }, from, end(13.9))).toBeNull();
    expect(chaseAt({ kind: 'offer' }, from, end(14))).toEqual(end(7));
    expect(chaseAt({ kind: 'offer' }, from, end(60))).toEqual(end(30));
  });

  it('lies between then and the end, and comes again only for a post that lives on', () => {
    fc.assert(
      fc.property(kinds, fc.nat({ max: 400 * dayMs }), (kind, lifeMs) => {
        const end = new Date(from.getTime() + lifeMs);
        const asked = chaseAt({ kind }, from, end);
        if (asked) expect([asked >= from, asked <= end]).toEqual([true, true]);
        expect(chaseAgainAt({ kind, hasWindow: false }, from, end)).toEqual(asked);
        expect(chaseAgainAt({ kind, hasWindow: true }, from, end)).toBeNull();
      }),
    );
  });
});

describe('what an author is asked', () => {
  it('is about the post while it looks for somebody: needed, places left, still offered', () => {
    expect(chaseQuestion({ kind: 'request', state: 'open', taken: 0 })).toBe('needed');
    expect(chaseQuestion({ kind: 'request', state: 'open', taken: 2 })).toBe('places');
    for (const taken of [0, 2]) expect(chaseQuestion({ kind: 'offer', state: 'open', taken })).toBe('offered');
  });

  it('is nothing once nobody is looked for any more', () => {
    for (const kind of PostKind.options)
      expect(PostState.options.filter((state) => chaseQuestion({ kind, state, taken: 1 }) !== null)).toEqual(['open']);
  });
});
