import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decrypt } from 'http_ece';
import type { BrowserContext, CDPSession, Page, Worker } from 'playwright-core';
import { inject } from 'vitest';

/** What a push says once its device has decrypted it. */
export type Said = { kind: string; title: string; body: string; href: string };
/** What the worker asked the browser to show. */
export type Shown = { title: string; body: string; href: string; tag: string; lang: string };

/** Before a page loads: whoever is asked for permission gives it. */
export const permit = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    let permission: NotificationPermission = 'default';
    Object.defineProperty(Notification, 'permission', { get: () => permission });
    Notification.requestPermission = async () => (permission = 'granted');
  });

/**
 * The half of a device that a browser without a head lacks: the service that it subscribes to, and the shade where notifications are shown. All the rest is
 * real: our page, our server's encrypted push, our worker.
 */
export class PushDevice {
  readonly id: string = randomUUID();
  readonly #keys = createECDH('prime256v1');
  readonly #auth = randomBytes(16).toString('base64url');
  readonly #publicKey = this.#keys.generateKeys('base64url');

  /** Before the page loads: permission is asked and given, and a subscription is had. */
  async lend(page: Page): Promise<void> {
    await permit(page);
    const endpoint = `http://${inject('pushHost')}/${this.id}`;
    const given = { endpoint, keys: { p256dh: this.#publicKey, auth: this.#auth } };
    await page.addInitScript((subscription) => {
      let isOn = false;
      const unsubscribe = async () => {
        isOn = false;
        return true;
      };
      const held = { ...subscription, toJSON: () => subscription, unsubscribe };
      PushManager.prototype.subscribe = async (options) => {
        const key = new Uint8Array(options?.applicationServerKey as ArrayBuffer);
        if (key.length !== 65 || key[0] !== 4) throw new DOMException('not a key', 'InvalidAccessError');
        isOn = true;
        return held as unknown as PushSubscription;
      };
      PushManager.prototype.getSubscription = async () => (isOn ? (held as unknown as PushSubscription) : null);
    }, given);
  }

  /** What our server pushed to this device so far, decrypted. */
  heard(): { text: string; said: Said }[] {
    const folder = join(inject('runDir'), 'pushed');
    const files = readdirSync(folder).filter((name) => name.startsWith(this.id));
    return files.map((name) => {
      const key = { version: 'aes128gcm', privateKey: this.#keys, authSecret: this.#auth } as const;
      const text = String(decrypt(readFileSync(join(folder, name)), key));
      return { text, said: JSON.parse(text) as Said };
    });
  }
}

const workerOf = async (context: BrowserContext): Promise<Worker> =>
  context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker');

/** Hands a push to the page's own worker, as the browser does; answers what the worker has shown since. */
export const deliver = async (page: Page, text: string): Promise<Shown[]> => {
  const worker = await workerOf(page.context());
  await worker.evaluate(() => {
    const scope = globalThis as unknown as { shown?: Shown[]; registration: ServiceWorkerRegistration };
    const shown: Shown[] = [];
    scope.shown = shown;
    scope.registration.showNotification = async (title, { body = '', tag = '', lang = '', data } = {}) => {
      shown.push({ title, body, tag, lang, href: (data as { href: string }).href });
    };
  });
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const live = registrations.find(({ isDeleted }) => !isDeleted);
      if (live) resolve(live.registrationId);
    });
  });
  await cdp.send('ServiceWorker.enable');
  const { origin } = new URL(page.url());
  await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data: text });
  await cdp.detach();
  return worker.evaluate(async () => {
    const { shown = [] } = globalThis as { shown?: Shown[] };
    while (shown.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    return shown;
  });
};

/** Touches a notification that leads to `href`, with our windows open or as if none were; answers the address that the worker asks a new window for, null when one that is open went there. */
export const touch = async (
  context: BrowserContext,
  href: string,
  among: 'its windows' | 'no window' = 'its windows',
): Promise<string | null> => {
  const worker = await workerOf(context);
  const asIf = { to: href, isAlone: among === 'no window' };
  return worker.evaluate(async ({ to, isAlone }) => {
    type Windows = { openWindow: (url: string) => Promise<null>; matchAll: () => Promise<unknown[]> };
    const scope = globalThis as unknown as EventTarget & { clients: Windows };
    let asked: string | null = null;
    if (isAlone) scope.clients.matchAll = async () => [];
    scope.clients.openWindow = async (url) => {
      asked = url;
      return null;
    };
    const work: Promise<unknown>[] = [];
    const touched = Object.assign(new Event('notificationclick'), {
      notification: { close: () => undefined, data: { href: to } },
      waitUntil: (promise: Promise<unknown>) => work.push(promise),
    });
    scope.dispatchEvent(touched);
    await Promise.all(work);
    return asked;
  }, asIf);
};
