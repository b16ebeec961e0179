import type { Category } from '../posts/categories.ts';

/** Categories whose doers often do the other too, each pair once; our own judgement, from 0 (strangers) to 1 (the same). */
const kindred: readonly (readonly [Category, Category, number])[] = [
  ['errands', 'transport', 0.4],
  ['errands', 'cooking', 0.3],
  ['errands', 'company', 0.25],
  ['errands', 'heat-check', 0.35],
  ['heat-check', 'company', 0.6],
  ['repair', 'heavy-lifting', 0.35],
  ['repair', 'lending', 0.4],
  ['repair', 'garden', 0.25],
  ['repair', 'sewing', 0.15],
  ['repair', 'digital', 0.15],
  ['heavy-lifting', 'transport', 0.4],
  ['heavy-lifting', 'garden', 0.25],
  ['digital', 'paperwork', 0.55],
  ['digital', 'schoolwork', 0.15],
  ['paperwork', 'schoolwork', 0.25],
  ['company', 'cooking', 0.25],
  ['company', 'pets', 0.15],
  ['childcare', 'schoolwork', 0.5],
  ['childcare', 'company', 0.15],
  ['pets', 'garden', 0.3],
  ['garden', 'lending', 0.3],
  ['lending', 'cooking', 0.15],
  ['lending', 'sewing', 0.2],
];

const table = new Map<string, number>(
  kindred.flatMap(([one, other, closeness]) => [
    [`${one} ${other}`, closeness],
    [`${other} ${one}`, closeness],
  ]),
);

/** How close two categories are, from 0 to 1: symmetric, 1 for the same; `other` says nothing either way and is 0.2 from all. */
export const closeness = (one: Category, other: Category): number =>
  one === other
    ? one === 'other'
      ? 0.3
      : 1
    : one === 'other' || other === 'other'
      ? 0.2
      : (table.get(`${one} ${other}`) ?? 0);
