import BookHeart from '@lucide/svelte/icons/book-heart';
import CloudRainWind from '@lucide/svelte/icons/cloud-rain-wind';

import PartyPopper from '@lucide/svelte/icons/party-popper';
import Smartphone from '@lucide/svelte/icons/smartphone';
import Snowflake from '@lucide/svelte/icons/snowflake';
import Sprout from '@lucide/svelte/icons/sprout';
import Sun from '@lucide/svelte/icons/sun';
import TramFront from '@lucide/svelte/icons/tram-front';
import ZapOff from '@lucide/svelte/icons/zap-off';
import type { KitSlug } from '@palier/domain/kits';

/** What each kit is recognised by, beside its name. */
export const kitIcons = {
  heatwave: Sun,
  'great-cold': Snowflake,
  epidemic: BookHeart,
  'transport-strike': TramFront,
  'power-cut': ZapOff,
  flood: CloudRainWind,
  'summer-of-neighbours': Sprout,
  'digital-neighbours': Smartphone,
  'neighbours-day': PartyPopper,
} satisfies Record<KitSlug, typeof Sun>;
