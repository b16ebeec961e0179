/**
 * The display name under which whoever left is kept: one character for private use (U+E000), which no keyboard types; each reader reads it in their own words (privacy.md, Accounts).
 */
export const formerNeighbour = '\u{E000}';
