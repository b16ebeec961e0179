import { describe, expect, test } from 'vitest';
import { demoResidents } from './people.ts';
import { residences } from './residences.ts';

const numbered = (from: number, to: number) => demoResidents.filter((one) => one.number >= from && one.number <= to);
const homeOf = (key: string) => residences.find((one) => one.key === key);

describe('the residents of the demo', () => {
  test('are 220 in the order of their numbers, each with a name and an address of their own', () => {
    expect(demoResidents.map((one) => one.number)).toEqual(Array.from({ length: 220 }, (_, index) => index + 1));
    expect(new Set(demoResidents.map((one) => one.displayName)).size).toBe(220);
    expect(demoResidents[0]?.email).toBe('resident-001@demo.palier.test');
    expect(demoResidents[219]?.email).toBe('resident-220@demo.palier.test');
  });

  test('half of them live in Gex, 200 to 220 in one other commune', () => {
    expect(demoResidents.filter((one) => homeOf(one.residence)?.insee === '01173')).toHaveLength(110);
    expect(new Set(numbered(200, 220).map((one) => homeOf(one.residence)?.insee))).toEqual(new Set(['01160']));
  });

  test('001 to 010 live in gex-1, 001 to 003 on one stair, 011 to 020 in gex-2', () => {
    expect(new Set(numbered(1, 10).map((one) => one.residence))).toEqual(new Set(['gex-1']));
    expect(new Set(numbered(1, 3).map((one) => one.stair))).toEqual(new Set(['A']));
    expect(new Set(numbered(11, 20).map((one) => one.residence))).toEqual(new Set(['gex-2']));
  });

  test('only 219 and 220 are new; 001 to 020 joined more than a month ago, everyone else before the oldest of today’s posts', () => {
    expect(demoResidents.filter((one) => one.trust === 'new').map((one) => one.number)).toEqual([219, 220]);
    expect(numbered(1, 20).every((one) => one.joinedDaysAgo > 365)).toBe(true);
    expect(numbered(1, 218).every((one) => one.joinedDaysAgo > 60)).toBe(true);
  });

  test('every residence has residents, fewer than homes, on stairs that exist', () => {
    for (const home of residences) {
      const there = demoResidents.filter((one) => one.residence === home.key);
      expect(there.length, home.key).toBeGreaterThan(0);
      expect(there.length, home.key).toBeLessThan(home.homes);
      const stairs: readonly string[] = home.stairs;
      expect(there.every((one) => (one.stair === null ? stairs.length === 0 : stairs.includes(one.stair)))).toBe(true);
    }
  });

  test('some read English, most have something they can do', () => {
    expect(demoResidents.filter((one) => one.locale === 'en').length).toBeGreaterThan(15);
    expect(demoResidents.filter((one) => one.skills.length > 0).length).toBeGreaterThan(170);
  });
});
