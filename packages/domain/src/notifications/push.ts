import { z } from 'zod';
import { NotificationKind } from './kinds.ts';

/** How many devices one account may have pushed to; the oldest makes room. */
export const pushDevicesMax = 10;

/** The push services of the browsers there are (their documentation, 2026-11); a `*.` stands for one label or more. */
export const pushHosts = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  'web.push.apple.com',
  '*.push.apple.com',
] as const;

const isOneOf = (host: string, known: readonly string[]): boolean =>
  known.some((one) => (one.startsWith('*.') ? host.endsWith(one.slice(1)) && host.length > one.length : host === one));

/**
 * Whether an address that someone hands us is a push service's: https on its usual port, a host that we know (never a bare address), no user or password; `others` are hosts with their ports
 * that tests add, which may be http. Up to 1,000 characters.
 */
export const isPushEndpoint = (endpoint: string, others: readonly string[] = []): boolean => {
  const [, scheme, host = '', port = ''] =
    /^(https?):\/\/([a-z\d.-]{1,253})(:\d{1,5})?\/[\w.~:/?@!$&'()*+,;=%-]*$/.exec(endpoint) ?? [];
  if (!scheme || endpoint.length > 1_000) return false;
  return others.includes(host + port) || (scheme === 'https' && port === '' && isOneOf(host, pushHosts));
};

const key = (bytes: number, prefix = '') =>
  z.string().regex(new RegExp(`^${prefix}[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3) - prefix.length}}=?=?$`));

/** The body of `POST /api/me/push`: a browser's subscription as `PushSubscription.toJSON()` gives it (Push API), its keys in base64url. */
export const SubscribePush = z.strictObject({
  endpoint: z.string().min(12).max(1_000),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({ p256dh: key(65, 'B'), auth: key(16) }),
});
export type SubscribePush = z.infer<typeof SubscribePush>;

/** The body of `DELETE /api/me/push`: which device. */
export const UnsubscribePush = z.strictObject({ endpoint: z.string().min(12).max(1_000) });
export type UnsubscribePush = z.infer<typeof UnsubscribePush>;

/** What `GET /api/me/push` answers: the key that browsers subscribe with, and how many of my devices do. */
export const PushStanding = z.strictObject({ publicKey: z.string(), devices: z.int() });
export type PushStanding = z.infer<typeof PushStanding>;

/** What a push carries to the service worker: a code, ids, a sentence in its reader's language, and the path to open. Never an address, a telephone or a surname. */
export const PushPayload = z.strictObject({
  version: z.literal(1),
  kind: NotificationKind,
  notificationId: z.uuid(),
  title: z.string(),
  body: z.string(),
  href: z.string(),
  tag: z.string(),
  locale: z.enum(['fr', 'en']),
});
export type PushPayload = z.infer<typeof PushPayload>;
