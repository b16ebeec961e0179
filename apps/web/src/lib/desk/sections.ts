import Building2 from '@lucide/svelte/icons/building';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import Columns3 from '@lucide/svelte/icons/columns-3';
import HeartHandshake from '@lucide/svelte/icons/heart-handshake';
import LayoutList from '@lucide/svelte/icons/layout-list';
import Mail from '@lucide/svelte/icons/mail';
import MapIcon from '@lucide/svelte/icons/map';
import Megaphone from '@lucide/svelte/icons/megaphone';
import PhoneCall from '@lucide/svelte/icons/phone-call';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Snowflake from '@lucide/svelte/icons/snowflake';
import ThermometerSun from '@lucide/svelte/icons/thermometer-sun';
import type { Me, StaffRole } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import type { Section } from '#lib/shell/sections.ts';

/** A place of the desk: a section, what it is for in one sentence, and the roles that find it there. */
export interface DeskSection extends Section {
  about: () => string;
  roles: readonly StaffRole[];
}

const hosts = ['referent', 'coordinator'] as const satisfies readonly StaffRole[];

/** What the desk holds, in its order; a telephone's bar shows the first five, a wide screen's list and `/bureau` all of them. A section is added here when its pages exist. */
export const deskSections: readonly DeskSection[] = [
  { href: '/bureau', label: m.desk_nav_queue, about: m.desk_about_queue, icon: LayoutList, roles: hosts },
  {
    href: '/bureau/territoire',
    label: m.residences_territory_nav,
    about: m.residences_territory_nav_about,
    icon: MapIcon,
    roles: ['coordinator'],
  },
  { href: '/bureau/residences', label: m.residences_nav, about: m.residences_nav_about, icon: Building2, roles: hosts },
  {
    href: '/bureau/sans-internet',
    label: m.offline_desk_nav,
    about: m.offline_desk_about,
    icon: PhoneCall,
    roles: hosts,
  },
  {
    href: '/bureau/journal',
    label: m.moderation_log_nav,
    about: m.moderation_log_about,
    icon: ScrollText,
    roles: hosts,
  },
  {
    href: '/bureau/rondes',
    label: m.rounds_desk_nav,
    about: m.rounds_desk_about,
    icon: HeartHandshake,
    roles: hosts,
  },
  {
    href: '/bureau/veille/organisation',
    label: m.veille_org_nav,
    about: m.veille_org_about,
    icon: ShieldCheck,
    roles: ['coordinator'],
  },
  { href: '/meteo', label: m.weather_nav, about: m.weather_nav_about, icon: ThermometerSun, roles: hosts },
  {
    href: '/bureau/commune',
    label: m.insights_nav,
    about: m.insights_nav_about,
    icon: ChartColumn,
    roles: ['officer'],
  },
  {
    href: '/bureau/campagnes',
    label: m.campaigns_nav,
    about: m.campaigns_about,
    icon: Megaphone,
    roles: ['coordinator', 'officer'],
  },
  {
    href: '/bureau/communes',
    label: m.insights_side_nav,
    about: m.insights_side_about,
    icon: Columns3,
    roles: ['coordinator'],
  },
  {
    href: '/bureau/ecrire',
    label: m.town_nav,
    about: m.town_about,
    icon: Mail,
    roles: ['officer'],
  },
  {
    href: '/bureau/lieux-frais',
    label: m.kits_cool_desk,
    about: m.kits_cool_desk_about,
    icon: Snowflake,
    roles: ['coordinator', 'officer'],
  },
];

/** The desk's sections that these roles open, in its order. */
export const sectionsOf = (me: Pick<Me, 'roles'>): readonly DeskSection[] => {
  const roles = new Set<string>(me.roles.map(({ role }) => role));
  return deskSections.filter((section) => section.roles.some((role) => roles.has(role)));
};
