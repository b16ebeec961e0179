import { closeness } from '@palier/domain/matching';
import { Category } from '@palier/domain/posts';
import { type SQL, sql } from 'drizzle-orm';

/** Categories that are as close as one another to a given one, and how close, above 0. */
export type Fit = { near: number; categories: readonly Category[] };

/** The categories whose doers may fit this one, the closest first. */
export const fitsOf = (category: Category): Fit[] => {
  const levels = Map.groupBy(Category.options, (other) => closeness(category, other));
  return [...levels]
    .filter(([near]) => near > 0)
    .map(([near, categories]) => ({ near, categories }))
    .sort((a, b) => b.near - a.near);
};

/** These categories, as a parameter. */
export const listOf = (values: readonly string[]): SQL => sql`${`{${values.join(',')}}`}`;

/** How close the closest of them is, `isOneOf` asking a row of a level's categories; what holds of the row otherwise is asked by `orElse`. */
export const closestOf = (fits: readonly Fit[], isOneOf: (categories: SQL) => SQL, orElse: SQL = sql`else 0`): SQL =>
  sql`case ${sql.join(
    fits.map(({ near, categories }) => sql`when ${isOneOf(listOf(categories))} then ${near}::float8`),
    sql` `,
  )} ${orElse} end`;
