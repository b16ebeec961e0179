import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PostCard, PostState } from '../posts/index.ts';
import { homeCell } from './cells.ts';
import { disclose, excerptOf, isInAudience, maySee, nearnessM, nearnessOf, type Viewer } from './disclose.ts';
import { post as stored } from './fixtures/posts.ts';

const cell = homeCell({ lat: 46.333, lon: 6.058 }, 9);
const nextDoor = homeCell({ lat: 46.335, lon: 6.062 }, 9);
const farAway = homeCell({ lat: 48.85, lon: 2.35 }, 9);
const now = new Date('2026-11-22T12:00:00Z');
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const post = stored({
  ...{ id: id(1), authorId: id(2), authorName: 'Ana', residenceId: id(3), stairId: id(4), cell },
  ...{ title: 'Un pain', details: 'Du pain.', audience: 'neighbourhood' },
  ...{ createdAt: now, updatedAt: now, expiresAt: now },
});
const author: Viewer = { residentId: id(2), residenceId: id(3), stairId: id(4), cell, commune: '01173' };
const viewers = {
  sameStair: { ...author, residentId: id(9) },
  sameResidence: { ...author, residentId: id(9), stairId: id(5) },
  neighbour: { residentId: id(9), residenceId: id(8), stairId: id(7), cell: nextDoor, commune: '01288' },
  townsman: { residentId: id(9), residenceId: id(8), stairId: null, cell: farAway, commune: '01173' },
  stranger: { residentId: id(9), residenceId: id(8), stairId: null, cell: farAway, commune: '75056' },
} satisfies Record<string, Viewer>;

describe('who sees a post', () => {
  test.each([
    ['stair', ['sameStair']],
    ['residence', ['sameStair', 'sameResidence']],
    ['neighbourhood', ['sameStair', 'sameResidence', 'neighbour']],
    ['commune', ['sameStair', 'sameResidence', 'neighbour', 'townsman']],
  ] as const)('an audience of the %s holds %j', (audience, names) => {
    expect(
      Object.entries(viewers)
        .filter(([, viewer]) => isInAudience({ ...post, audience }, viewer))
        .map(([name]) => name),
    ).toEqual(names);
    expect(isInAudience({ ...post, audience }, { ...author, cell: farAway, residenceId: id(8) })).toBe(true);
  });

  test('two residents without a stair share none', () => {
    const nowhere = { ...viewers.sameStair, stairId: null };
    expect(isInAudience({ ...post, audience: 'stair', stairId: null }, nowhere)).toBe(false);
    expect(nearnessM({ ...post, stairId: null }, nowhere)).toBe(1);
  });

  test('held and removed posts are their author’s alone; what ended is read as long as its audience holds', () => {
    expect(PostState.options.filter((state) => maySee({ ...post, state }, viewers.neighbour))).toEqual([
      'open',
      'filled',
      'done',
      'withdrawn',
      'expired',
    ]);
    expect(PostState.options.every((state) => maySee({ ...post, state }, author))).toBe(true);
    expect(disclose(post, viewers.stranger, now)).toBeNull();
    expect(disclose({ ...post, state: 'held' }, viewers.sameStair, now)).toBeNull();
  });
});

describe('what they see', () => {
  test('relations inside one residence, bands outside, and nothing the schema does not allow', () => {
    expect(
      Object.values(viewers)
        .slice(0, 3)
        .map((viewer) => nearnessOf(post, viewer)),
    ).toEqual(['same-stair', 'same-residence', 'within-500']);
    const card = disclose({ ...post, urgentUntil: new Date(now.getTime() + 1) }, viewers.neighbour, now);
    expect(PostCard.parse(card)).toEqual(card);
    expect(card).toMatchObject({ urgent: true, place: { cell, commune: '01173', nearness: 'within-500' } });
    expect(JSON.stringify(card)).not.toContain(post.residenceId);
    expect(JSON.stringify(card)).not.toContain(post.stairId);
    expect(disclose({ ...post, urgentUntil: now }, viewers.neighbour, now)?.urgent).toBe(false);
    expect(disclose(post, viewers.neighbour, now)).toMatchObject({ urgent: false, window: null, repeats: false });
    expect(disclose({ ...post, seriesId: id(6) }, viewers.neighbour, now)?.repeats).toBe(true);
  });

  test('a window has both its ends', () => {
    const [windowFrom, windowTo] = [new Date('2026-11-23T09:00:00Z'), new Date('2026-11-23T11:00:00Z')];
    expect(disclose({ ...post, windowFrom, windowTo }, author, now)?.window).toEqual({
      from: '2026-11-23T09:00:00.000Z',
      to: '2026-11-23T11:00:00.000Z',
    });
    expect(disclose({ ...post, windowFrom }, author, now)?.window).toBeNull();
    expect(disclose({ ...post, windowTo }, author, now)?.window).toBeNull();
  });

  test('an excerpt is a beginning of the text, 160 code points at most, cut at a word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const flat = text.replaceAll(/\s+/g, ' ').trim();
        const excerpt = excerptOf(text);
        expect([...excerpt].length).toBeLessThanOrEqual(161);
        if (excerpt === flat) return;
        expect(excerpt.endsWith('…') && flat.startsWith(excerpt.slice(0, -1))).toBe(true);
      }),
    );
    expect(excerptOf(`${'mot '.repeat(39)}dernier mot`)).toBe(`${'mot '.repeat(38)}mot…`);
    expect(excerptOf(' Du  pain\n\ndu matin. ')).toBe('Du pain du matin.');
    const full = `${'mot '.repeat(39)}mots`; // 160 code points
    expect([excerptOf(full), excerptOf(`${full}!`)]).toEqual([full, `${'mot '.repeat(38)}mot…`]);
  });

  test('a word that fills half of an excerpt is cut, so that something is left to read', () => {
    const endless = 'é'.repeat(200);
    expect(excerptOf(endless)).toBe(`${'é'.repeat(160)}…`);
    expect(excerptOf(`${'a'.repeat(80)} ${endless}`)).toBe(`${'a'.repeat(80)} ${'é'.repeat(79)}…`);
    expect(excerptOf(`${'a'.repeat(81)} ${endless}`)).toBe(`${'a'.repeat(81)}…`);
  });
});
