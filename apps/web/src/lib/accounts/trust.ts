import type { Trust, trustOpens } from '@palier/domain/accounts';
import { m } from '@palier/messages';

/** Each step of trust: its name and what it means. */
export const trustWords = {
  new: { name: m.accounts_trust_new, text: m.accounts_trust_new_text, short: m.accounts_trust_new_short },
  known: { name: m.accounts_trust_known, text: m.accounts_trust_known_text, short: m.accounts_trust_known_short },
  trusted: {
    name: m.accounts_trust_trusted,
    text: m.accounts_trust_trusted_text,
    short: m.accounts_trust_trusted_short,
  },
} satisfies Record<Trust, { name: () => string; text: () => string; short: () => string }>;

/** What a step of trust may open, in the domain's order. */
export const openingWords = {
  read: m.accounts_opens_read,
  ask: m.accounts_opens_ask,
  offer: m.accounts_opens_offer,
  helpWhereTrustIsNeeded: m.accounts_opens_help_where_trust_is_needed,
  seeDoors: m.accounts_opens_see_doors,
  invite: m.accounts_opens_invite,
  vouch: m.accounts_opens_vouch,
} satisfies Record<keyof (typeof trustOpens)['new'], () => string>;
