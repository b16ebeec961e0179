import type { CoolPlaceKind } from '@palier/domain/kits';
import { m } from '@palier/messages';

export const coolWords = {
  library: m.kits_cool_library,
  hall: m.kits_cool_hall,
  park: m.kits_cool_park,
  pool: m.kits_cool_pool,
  shop: m.kits_cool_shop,
  other: m.kits_cool_other,
} satisfies Record<CoolPlaceKind, () => string>;

/** The kinds of cool places, to choose from. */
export const coolKinds = () => Object.entries(coolWords).map(([value, label]) => ({ value, label: label() }));
