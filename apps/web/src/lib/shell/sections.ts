import CirclePlus from '@lucide/svelte/icons/circle-plus';
import CircleUserRound from '@lucide/svelte/icons/circle-user-round';
import Handshake from '@lucide/svelte/icons/handshake';
import MapPinHouse from '@lucide/svelte/icons/map-pin-house';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import { m } from '@palier/messages';
import type { Component } from 'svelte';

/** A place of the bar: where it leads, its word, its drawing. */
export interface Section {
  href: string;
  label: () => string;
  icon: Component<{ size?: number | string }>;
}

/** What a resident's bar shows, in its order; a section is added here when its pages exist. */
export const residentSections: readonly Section[] = [
  { href: '/autour', label: m.nav_around, icon: MapPinHouse },
  { href: '/demander', label: m.nav_ask, icon: CirclePlus },
  { href: '/coups-de-main', label: m.nav_favours, icon: Handshake },
  { href: '/messages', label: m.nav_messages, icon: MessagesSquare },
  { href: '/moi', label: m.nav_me, icon: CircleUserRound },
];
