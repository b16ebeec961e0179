/** How many results one call takes. */
const entriesMax = 100;

/** Results in parts that one call takes each, those of a check together. */
export const inHundreds = <T extends { checkId: string }>(entries: readonly T[]): T[][] => {
  const parts: T[][] = [];
  for (const one of Map.groupBy(entries, ({ checkId }) => checkId).values()) {
    const last = parts.at(-1);
    if (last && last.length + one.length <= entriesMax) last.push(...one);
    else parts.push([...one]);
  }
  return parts;
};
