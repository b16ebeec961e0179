import { accountLimits, EditMe, Slot, Trust, trustOpens } from '@palier/domain/accounts';
import { Category } from '@palier/domain/posts';
import { describe, expect, test } from 'vitest';
import { distanceWords, radiusStep, radiusWords, skillWords, slotWords } from './skills.ts';
import { openingWords, trustWords } from './trust.ts';

const said = (words: Readonly<Record<string, () => string>>) => new Set(Object.values(words).map((word) => word()));

describe('the profile offers', () => {
  test('every category and every half-day of the domain, each in words of its own', () => {
    expect(Object.keys(skillWords).sort()).toEqual([...Category.options].sort());
    expect(Object.keys(slotWords)).toEqual(Slot.options);
    expect(said(skillWords).size).toBe(Category.options.length);
    expect(said(slotWords).size).toBe(Slot.options.length);
  });

  test('every step of trust and everything that one opens', () => {
    expect(Object.keys(trustWords)).toEqual(Trust.options);
    for (const trust of Trust.options) expect(Object.keys(openingWords)).toEqual(Object.keys(trustOpens[trust]));
  });

  test('distances that the API takes, from its least to its most', () => {
    const steps = Object.keys(radiusWords).map(Number);
    expect(steps[0]).toBe(accountLimits.radiusMinM);
    expect(steps.at(-1)).toBe(accountLimits.radiusMaxM);
    for (const radiusM of steps) expect(EditMe.safeParse({ radiusM }).success).toBe(true);
  });
});

describe('radiusStep', () => {
  test.each([
    [250, 250],
    [251, 500],
    [2000, 2000],
    [3200, 5000],
    [5000, 5000],
    [9000, 5000],
  ])('shows %i m as %i m', (radiusM, step) => {
    expect(radiusStep(radiusM)).toBe(step);
  });
});

test('distanceWords speaks in metres below a kilometre', () => {
  expect(distanceWords(500)).toBe('500\u00A0m');
  expect(distanceWords(2000)).toBe('2\u00A0km');
});
