import { closeness } from '@palier/domain/matching';
import { Category } from '@palier/domain/posts';

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
