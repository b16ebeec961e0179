import { favourTransitions, sideOfAnswer } from '@palier/domain/favours';
import { Audience, Category, isSensitive, mayHangInHall, PostState } from '@palier/domain/posts';
import { describe, expect, test } from 'vitest';
import { demoResidents } from './people.ts';
import { demoPosts } from './posts.ts';
import { residences } from './residences.ts';
import type { DemoPost } from './types.ts';

const resident = (number: number) => {
  const found = demoResidents[number - 1];
  if (!found) throw new Error(`no resident ${number}`);
  return found;
};
const placeOf = (number: number) => {
  const found = residences.find((one) => one.key === resident(number).residence);
  if (!found) throw new Error(`no residence of ${number}`);
  return found;
};
const metresBetween = (a: { lat: number; lon: number }, b: { lat: number; lon: number }): number =>
  Math.hypot((a.lat - b.lat) * 111_195, (a.lon - b.lon) * 76_800);
const helperOf = (post: DemoPost, answering: number) =>
  sideOfAnswer(post.kind) === 'helper' ? answering : post.author;
const living = (state: string) => state === 'accepted' || state === 'standby';
const hoursBeforeToday = (post: DemoPost) =>
  'minutesAgo' in post.posted ? 0 : -(post.posted.day * 24 + post.posted.hour);
const each = demoPosts.map((post) => [post.key, post] as const);

describe('the posts of the demo', () => {
  test('are 120, of both kinds, in every category, state and audience', () => {
    expect(demoPosts).toHaveLength(120);
    expect(new Set(demoPosts.map((post) => post.key)).size).toBe(120);
    for (const kind of ['request', 'offer'] as const) {
      const ofKind = demoPosts.filter((post) => post.kind === kind);
      expect(new Set(ofKind.map((post) => post.category)), kind).toEqual(new Set(Category.options));
    }
    expect(new Set(demoPosts.map((post) => post.state))).toEqual(new Set(PostState.options));
    expect(new Set(demoPosts.map((post) => post.audience))).toEqual(new Set(Audience.options));
    expect(demoPosts.filter((post) => post.state === 'open')).toHaveLength(45);
    expect(demoPosts.some((post) => post.urgent && post.state === 'open')).toBe(true);
    expect(new Set(demoPosts.flatMap((post) => post.favours.map((favour) => favour.state)))).toEqual(
      new Set(Object.keys(favourTransitions)),
    );
  });

  test('titles are all different', () => {
    expect(new Set(demoPosts.map((post) => post.title)).size).toBe(120);
  });

  test.each(each)('%s has a natural title and details, and speaks of no money, contact or emergency', (_, post) => {
    expect(post.title.length).toBeGreaterThanOrEqual(15);
    expect(post.title.length).toBeLessThanOrEqual(80);
    expect(post.details.length).toBeLessThanOrEqual(400);
    const text = `${post.title} ${post.details}`.toLowerCase();
    expect(text).not.toMatch(/€|\beuros?\b|\bpay|rémunér|tarif|de l’heure|@|https?:|\d{2}[ .]?\d{2}[ .]?\d{2}/);
    expect(text).not.toMatch(
      /\bchute|tombée?\b|malaise|incendie|\bfeu\b|\bgaz\b|suicid|violen|urgence|pompiers|\bsamu\b/,
    );
    expect(text).not.toMatch(/\b(rue|avenue|chemin|impasse|route) (de|du|marc|francis|germaine|d’)/);
  });

  test.each(each)('%s is shown in the hall only where nothing tells of absence or frailty', (_, post) => {
    expect(post.hall && (!mayHangInHall(post.category) || post.tellsAbsence || post.onBehalfOf !== null)).toBe(false);
  });

  test.each(each)('%s is answered by others who may see it, and helped by those who may', (_, post) => {
    const author = resident(post.author);
    for (const { resident: number } of post.favours) {
      const other = resident(number);
      expect(number).not.toBe(post.author);
      if (post.audience === 'stair') expect(other.stair).toBe(author.stair);
      if (post.audience === 'stair' || post.audience === 'residence') expect(other.residence).toBe(author.residence);
      if (post.audience === 'neighbourhood')
        expect(metresBetween(placeOf(post.author), placeOf(number))).toBeLessThan(1200);
      if (post.audience === 'commune') expect(placeOf(number).insee).toBe(placeOf(post.author).insee);
      expect(isSensitive(post.category) && resident(helperOf(post, number)).trust === 'new').toBe(false);
    }
    expect(new Set(post.favours.map((favour) => favour.resident)).size).toBe(post.favours.length);
    if (post.audience === 'stair') expect(author.stair).not.toBeNull();
    if (post.kind === 'offer') expect(isSensitive(post.category) && author.trust === 'new').toBe(false);
  });

  test.each(each)('%s has favours that agree with its state, in time', (_, post) => {
    const count = (state: string) => post.favours.filter((favour) => favour.state === state).length;
    if (post.state === 'open') expect(count('accepted')).toBeLessThan(post.helpersNeeded);
    if (post.state === 'filled') expect(count('accepted')).toBe(post.helpersNeeded);
    if (post.state === 'done') expect(count('done')).toBeGreaterThan(0);
    if (post.state === 'held') expect(post.favours).toHaveLength(0);
    if (post.state !== 'filled') expect(count('standby')).toBe(0);
    if (post.state !== 'open' && post.state !== 'filled') expect(count('accepted')).toBe(0);
    expect(count('done') + count('accepted')).toBeLessThanOrEqual(post.helpersNeeded);
    expect(count('standby')).toBeLessThanOrEqual(1);
    for (const favour of post.favours) {
      expect(favour.endedAfterHours === undefined).toBe(living(favour.state));
      expect(favour.reason === undefined).toBe(!['withdrawn', 'declined', 'no-show'].includes(favour.state));
      expect(favour.minutes !== undefined).toBe(favour.state === 'done');
      expect(favour.afterMinutes / 60 + (favour.endedAfterHours ?? 0)).toBeLessThan(hoursBeforeToday(post));
    }
  });

  test.each(each)('%s ends with a reason, before today, if it ended unanswered', (_, post) => {
    expect(post.endReason !== null).toBe(post.state === 'withdrawn' || post.state === 'expired');
    expect(post.removalNote !== null).toBe(post.state === 'removed');
    expect(post.endedAfterHours !== null).toBe(['withdrawn', 'expired', 'removed'].includes(post.state));
    if (post.endedAfterHours !== null) expect(post.endedAfterHours).toBeLessThanOrEqual(hoursBeforeToday(post));
    if (post.window && (post.state === 'open' || post.state === 'filled'))
      expect(post.window.from.day).toBeGreaterThan(0);
    expect(resident(post.author).joinedDaysAgo * 24).toBeGreaterThan(hoursBeforeToday(post));
  });

  test('residents 001 to 020 have nothing held, removed or urgent, and hold at most one open favour', () => {
    const early = demoPosts.filter((post) => post.author <= 20);
    expect(early.every((post) => post.state !== 'held' && post.state !== 'removed' && !post.urgent)).toBe(true);
    for (const { number } of demoResidents) {
      const open = demoPosts.flatMap((post) =>
        post.favours.filter((favour) => living(favour.state) && helperOf(post, favour.resident) === number),
      );
      expect(open.length).toBeLessThanOrEqual(number <= 20 ? 1 : 5);
    }
  });

  test('whoever one asks for lives in the author’s residence', () => {
    const asked = demoPosts.filter((post) => post.onBehalfOf);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    for (const post of asked) {
      const there = demoResidents.filter((one) => one.residence === resident(post.author).residence);
      expect(there.map((one) => one.displayName)).toContain(post.onBehalfOf?.name);
      expect(post.audience).toBe('residence');
    }
  });
});
