import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const source = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...source.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name ?? '',
    { light: light ?? '', dark: dark ?? '' },
  ]),
);

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
const luminance = (hex: string) => {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one: string, other: string) => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};

const grounds = ['paper', 'card', 'sunk'];
const onGrounds = (...names: string[]) => names.flatMap((name) => grounds.map((ground) => [name, ground] as const));
const text = [
  ...onGrounds('ink', 'ink-soft', 'request', 'offer', 'watch', 'wrong'),
  ...['request', 'offer', 'watch', 'wrong'].flatMap((kind) => [
    [kind, `${kind}-ground`] as const,
    ['ink', `${kind}-ground`] as const,
    ['card', kind] as const,
  ]),
  ['on-urgent', 'urgent'],
  ['on-alert', 'alert-green'],
  ['on-alert', 'alert-yellow'],
  ['on-alert', 'alert-orange'],
  ['on-alert-red', 'alert-red'],
  ['on-action', 'action'],
  ['on-action', 'action-hover'],
] as const;
const edges = [...onGrounds('edge', 'action', 'focus'), ['urgent', 'on-urgent']] as const;

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const of = (name: string) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`no token ${name}`);
    return token[theme];
  };
  test.each(text)('%s is read on %s at 4.5:1', (front, ground) => {
    expect(contrast(of(front), of(ground))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(edges)('%s stands out from %s at 3:1', (front, ground) => {
    expect(contrast(of(front), of(ground))).toBeGreaterThanOrEqual(3);
  });
});

test('every colour is in a checked pair, but the hairline, which is decoration', () => {
  const checked = new Set([...text, ...edges].flat());
  expect([...tokens.keys()].filter((name) => !checked.has(name))).toEqual(['hairline']);
  expect(tokens.size).toBeGreaterThan(20);
});

test('every colour has its Tailwind name', () => {
  const theme = readFileSync(new URL('../app.css', import.meta.url), 'utf8');
  for (const name of tokens.keys()) expect(theme).toContain(`--color-${name}: var(--${name});`);
});

test('the contrast of black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});
