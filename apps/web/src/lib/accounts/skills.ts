import type { Slot } from '@palier/domain/accounts';
import type { Category } from '@palier/domain/posts';
import { m } from '@palier/messages';

/** What a resident may say they can do: each category, said as a verb, in the order in which it is offered. */
export const skillWords = {
  errands: m.accounts_skill_errands,
  'heavy-lifting': m.accounts_skill_heavy_lifting,
  repair: m.accounts_skill_repair,
  digital: m.accounts_skill_digital,
  lending: m.accounts_skill_lending,
  garden: m.accounts_skill_garden,
  pets: m.accounts_skill_pets,
  cooking: m.accounts_skill_cooking,
  sewing: m.accounts_skill_sewing,
  schoolwork: m.accounts_skill_schoolwork,
  transport: m.accounts_skill_transport,
  company: m.accounts_skill_company,
  'heat-check': m.accounts_skill_heat_check,
  paperwork: m.accounts_skill_paperwork,
  childcare: m.accounts_skill_childcare,
  other: m.accounts_skill_other,
} satisfies Record<Category, () => string>;

/** The half-days on which one is usually free, in the week's order. */
export const slotWords = {
  'weekday-morning': m.accounts_slot_weekday_morning,
  'weekday-afternoon': m.accounts_slot_weekday_afternoon,
  'weekday-evening': m.accounts_slot_weekday_evening,
  'weekend-morning': m.accounts_slot_weekend_morning,
  'weekend-afternoon': m.accounts_slot_weekend_afternoon,
  'weekend-evening': m.accounts_slot_weekend_evening,
} satisfies Record<Slot, () => string>;

/** How far one goes, in metres, in the steps that the profile offers. */
export const radiusWords = {
  250: m.places_radius_250,
  500: m.places_radius_500,
  1000: m.places_radius_1000,
  2000: m.places_radius_2000,
  5000: m.places_radius_5000,
} as const;

/** The step that shows a distance in metres: the first one at least as far, else the last. */
export const radiusStep = (radiusM: number): number => {
  const steps = Object.keys(radiusWords).map(Number);
  return steps.find((step) => step >= radiusM) ?? Math.max(...steps);
};

/** A distance in metres as one says it: « 250 m », « 2 km ». */
export const distanceWords = (metres: number): string =>
  metres < 1000 ? m.places_metres({ count: metres }) : m.places_kilometres({ count: metres / 1000 });
