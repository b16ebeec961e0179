import { z } from 'zod';

/** The closed list of categories of product.md; a new one needs a word in both catalogues and a line in `closeness`. */
export const Category = z.enum([
  'errands',
  'heat-check',
  'repair',
  'heavy-lifting',
  'transport',
  'digital',
  'paperwork',
  'company',
  'childcare',
  'schoolwork',
  'pets',
  'garden',
  'lending',
  'cooking',
  'sewing',
  'other',
]);
export type Category = z.infer<typeof Category>;

/** Where a `new` resident may not be the helper (product.md, Trust in steps): behind these, someone is alone with a person, a child or their papers. */
const needsTrust: ReadonlySet<Category> = new Set(['heat-check', 'childcare', 'company', 'transport', 'paperwork']);

/** Whether the helper of this category must be `known` or `trusted`. */
export const isSensitive = (category: Category): boolean => needsTrust.has(category);

/** Whether posts of this category are kept to the residence unless their author widens them (product.md, Absence and frailty). */
export const staysInResidence = (category: Category): boolean => category === 'heat-check' || category === 'childcare';

/** Whether a post of this category may ever be shown in the hall, were it ticked (product.md, Absence and frailty are not for the hall). */
export const mayHangInHall = (category: Category): boolean =>
  !(category === 'heat-check' || category === 'company' || category === 'childcare' || category === 'paperwork');
