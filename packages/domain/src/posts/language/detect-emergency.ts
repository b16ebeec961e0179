import { calmReadings, longAgo } from './calm-phrases.ts';
import { emergencySigns } from './emergency-phrases.ts';
import { englishCalmReadings, englishEmergencySigns } from './english-phrases.ts';
import { compilePhrases } from './phrase-patterns.ts';
import { sentencesOf } from './words.ts';

export type EmergencyKind = (typeof emergencySigns)[number][0];

/** French numbers: 15 SAMU, 18 firefighters, 112 Europe, 114 by text for who cannot speak or hear, 17 police, 3114 suicide, 3919 violence against women, 119 children. */
export type EmergencyNumber = '15' | '17' | '18' | '112' | '114' | '119' | '3114' | '3919';

const find = compilePhrases<EmergencyKind | 'calm' | 'past'>([
  ...emergencySigns,
  ...englishEmergencySigns,
  ['calm', [...calmReadings, ...englishCalmReadings]],
  ['past', longAgo],
]);

/** Numbers that come before or beside 15, 18, 112 and 114 for some kinds. */
const ofKind: Readonly<Partial<Record<EmergencyKind, readonly EmergencyNumber[]>>> = {
  suicide: ['3114'],
  violence: ['17', '3919'],
  'child-danger': ['119', '17'],
};

/** Told as past, these no longer call for an ambulance; thoughts of death and violence always call for someone. */
const mayBePast: ReadonlySet<EmergencyKind> = new Set(['fall', 'bleeding', 'burn', 'accident', 'poisoning']);

const kindsIn = (words: readonly string[]): EmergencyKind[] => {
  const matches = find(words);
  if (matches.length === 0) return [];
  const calm = new Uint8Array(words.length);
  for (const { label, from, to } of matches) if (label === 'calm') calm.fill(1, from, to);
  const isPast = matches.some(({ label }) => label === 'past');
  const kinds: EmergencyKind[] = [];
  for (const { label, from, to } of matches) {
    if (label === 'calm' || label === 'past' || calm.subarray(from, to).includes(1)) continue;
    if (!(isPast && mayBePast.has(label))) kinds.push(label);
  }
  return kinds;
};

/**
 * The kinds of emergency the words of a post may tell of, and the numbers to show before anything else: 15, 18, 112 and 114 always (product.md, Not an
 * emergency service), 3114 first for suicide, 17 and 3919 for violence, 119 for a child in danger. `null` when nothing alarms. It is a list of phrases
 * and so misses what it does not know: the numbers stay on every urgent page whatever it says. 50,000 characters in ≤ 50 ms.
 */
export const detectEmergency = (text: string): { kinds: EmergencyKind[]; numbers: EmergencyNumber[] } | null => {
  const kinds = [...new Set(sentencesOf(text).flatMap(kindsIn))];
  if (kinds.length === 0) return null;
  const particular = kinds.flatMap((kind) => ofKind[kind] ?? []);
  const first = particular.filter((number) => number === '3114');
  return { kinds, numbers: [...new Set<EmergencyNumber>([...first, '15', '18', '112', '114', ...particular])] };
};
