import { isPublishable, massMin, type Tally } from './cells.ts';

/**
 * Which parts of a published total may be published with it: `true` at the index of each that may.
 * Parts that may not by themselves stay hidden; while the hidden ones are fewer than two, or hold less than 13 together, the smallest published part is hidden too,
 * so that the total less its published parts gives none of them back (complementary suppression; Hundepool and others, Statistical Disclosure Control, 2012, 4.2).
 */
export const publishableParts = (parts: readonly Tally[], unit: 'people' | 'events'): readonly boolean[] => {
  const isShown = parts.map((part) => isPublishable(part, unit));
  for (;;) {
    const hiddenParts = parts.filter((_, n) => !isShown[n]);
    if (hiddenParts.length === 0) return isShown;
    const mass = hiddenParts.reduce((sum, { count }) => sum + count, 0);
    if (hiddenParts.length >= 2 && mass >= massMin) return isShown;
    let smallest = -1;
    for (const [n, part] of parts.entries())
      if (isShown[n] && (smallest < 0 || part.count < (parts[smallest]?.count ?? 0))) smallest = n;
    if (smallest < 0) return isShown; // all hidden: the total itself holds `massMin`, or is rounded
    isShown[smallest] = false;
  }
};
