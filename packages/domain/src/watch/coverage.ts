/** Fewer people than this with a door due in a commune, and its town hall sees no coverage (privacy.md, The watch). */
export const coverageFrom = 11;

/**
 * What share of the checks due are covered, in percent and in fives, as a town hall may see it; null below eleven people who have one.
 * `people` are those with a check due: eleven on the watch and a single door this evening would tell of that door.
 */
export const coveragePercent = (of: { people: number; due: number; covered: number }): number | null =>
  of.people < coverageFrom ? null : Math.round((of.covered / of.due) * 20) * 5;
