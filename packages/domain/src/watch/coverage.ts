/** Fewer people than this on the watch of a commune, and its town hall sees no coverage (privacy.md, The watch). */
export const coverageFrom = 11;

/** What share of the checks due are covered, in percent and in fives, as a town hall may see it; null below eleven people, or when none is due. */
export const coveragePercent = (of: { people: number; due: number; covered: number }): number | null =>
  of.people < coverageFrom || of.due === 0 ? null : Math.round((of.covered / of.due) * 20) * 5;
