import { mulberry32 } from '../content/index.ts';

/** Chance that is the same for the same seed: numbers in [0, 1), choices, and ids shaped as UUIDv7, which sort by the instant given. */
export const openChance = (seed: number) => {
  const random = mulberry32(seed);
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    random,
    below,
    pick: <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0],
    id: (at: Date): string => {
      const time = at.getTime().toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${(8 + below(4)).toString(16)}${hex(3)}-${hex(6)}${hex(6)}`;
    },
  };
};
export type Chance = ReturnType<typeof openChance>;
