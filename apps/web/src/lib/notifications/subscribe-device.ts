import type { PushStanding } from '@palier/domain/notifications';
import { apiFor } from '#lib/api/api-for.ts';

const api = apiFor((input, init) => fetch(input, init));

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.codePointAt(0) ?? 0);

/** Has this device pushed to, and the API told so; `former` is the address that it had. Rejects when the browser or the API says no. */
export const subscribeDevice = async (registration: ServiceWorkerRegistration, former?: string): Promise<void> => {
  const { publicKey } = await api.get<PushStanding>('/api/me/push');
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(publicKey),
  });
  const { endpoint, keys } = subscription.toJSON();
  await api.post('/api/me/push', { endpoint, keys });
  if (former && former !== endpoint) await api.delete('/api/me/push', { endpoint: former });
};

/** Has this device pushed to no more; it is silent even when the API cannot be told, which then learns it from the push service. */
export const unsubscribeDevice = async (registration: ServiceWorkerRegistration): Promise<void> => {
  const subscription = await registration.pushManager.getSubscription();
  if (!subscription) return;
  await subscription.unsubscribe();
  await api.delete('/api/me/push', { endpoint: subscription.endpoint }).catch(() => undefined);
};
