import type { PushPayload } from '@palier/domain/notifications';
import { subscribeDevice } from '#lib/notifications/subscribe-device.ts';
import { self } from '$app/service-worker';

/** Shows what was pushed, in the words it came with; a push that cannot be read still says that something waits, since a silent one is not allowed. */
export const showPush = async ({ data }: PushEvent): Promise<void> => {
  const said = ((): Partial<PushPayload> => {
    try {
      return (data?.json() ?? {}) as Partial<PushPayload>;
    } catch {
      return {};
    }
  })();
  await self.registration.showNotification(said.title ?? 'Palier', {
    body: said.body ?? '',
    lang: said.locale ?? 'fr',
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    data: { href: said.href ?? '/avis' },
    ...(said.tag && { tag: said.tag }),
  });
};

const goTo = async (open: WindowClient | undefined, url: URL): Promise<WindowClient | null> =>
  (await open?.navigate(url.href).catch(() => null)) ?? self.clients.openWindow(url.href);

/** Opens the page that a notification leads to: in the window that shows it already, else in one that is there, else in a new one. */
export const openPushed = async ({ notification }: NotificationEvent): Promise<void> => {
  notification.close();
  const { href = '/avis' } = (notification.data ?? {}) as { href?: string };
  const url = new URL(href, self.location.origin);
  if (url.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find((one) => new URL(one.url).pathname === url.pathname);
  const shown = there ?? (await goTo(windows[0], url));
  await shown?.focus().catch(() => undefined); // a browser may keep the focus to itself
};

/** The browser gave this device another address: the API is told the new one, and to forget the old one. */
export const followPush = async (event: Event): Promise<void> => {
  const { oldSubscription } = event as Event & { oldSubscription?: PushSubscription | null };
  await subscribeDevice(self.registration, oldSubscription?.endpoint);
};
