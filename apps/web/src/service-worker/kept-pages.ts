import { builtFilesOf, keptLimits, outstayed, talksOf } from '#lib/device/kept-rules.ts';
import { forgetWaiting } from '#lib/device/waiting-store.ts';
import { self } from '$app/service-worker';
import { keepFiles } from './assets.ts';

const prefix = 'palier-kept-';
const pauseMs = 5_000; // a page that changes all the time is kept again that often at most
const keptHeaders = ['content-type', 'content-security-policy', 'referrer-policy', 'x-content-type-options'];

let epoch = 0; // moves whenever something is forgotten: what was asked for before is then not kept
const askedAt = new Map<string, number>();
const pending = new Set<string>();

const keptCaches = async (): Promise<string[]> => (await caches.keys()).filter((name) => name.startsWith(prefix));

const drop = async (names: readonly string[]): Promise<void> => {
  if (names.length === 0) return;
  epoch += 1;
  askedAt.clear();
  await Promise.all(names.map((name) => caches.delete(name)));
};

const stopPushes = async (): Promise<void> => {
  const subscription = await self.registration.pushManager?.getSubscription().catch(() => null);
  await subscription?.unsubscribe();
};

/** Whoever was signed in has left: no page of theirs, nothing they had left to send, and no push stays on this device. */
export const forgetAll = async (): Promise<void> => {
  epoch += 1;
  await Promise.all([keptCaches().then(drop), forgetWaiting(null), stopPushes()]);
};

/**
 * What an answer's `palier-reader` says of who is signed in: `none` or another account, and what was kept is forgotten. No header (the API could not
 * say) changes nothing.
 */
export const seeReader = async (reader: string | null): Promise<void> => {
  if (!reader) return;
  const names = await keptCaches();
  await drop(names.filter((name) => name !== prefix + reader));
  if (reader !== 'none') await forgetWaiting(reader);
  else if (names.length > 0) await stopPushes();
};

const ageOf = (response: Response): number => Number(response.headers.get('kept-at'));

const trim = async (cache: Cache): Promise<void> => {
  const kept = await Promise.all(
    (await cache.keys()).map(async (request) => {
      const response = await cache.match(request);
      return { path: request.url, at: response ? ageOf(response) : 0 };
    }),
  );
  await Promise.all(outstayed(kept, Date.now()).map((path) => cache.delete(path)));
};

/** Asks for a page as it may be kept (no door, no address in it) and keeps it under its reader's name; answers its words, or null. */
const keepNow = async (path: string): Promise<string | null> => {
  const since = epoch;
  const response = await fetch(path, { headers: { 'palier-keep': '1' }, redirect: 'manual' }).catch(() => null);
  const reader = response?.headers.get('palier-reader') ?? null;
  await seeReader(reader);
  if (!response?.ok || !reader || reader === 'none') return null;
  const html = await response.text();
  await keepFiles(builtFilesOf(html));
  const headers = new Headers({ 'kept-at': String(Date.now()) });
  for (const name of keptHeaders) headers.set(name, response.headers.get(name) ?? '');
  if (epoch !== since) return null;
  const cache = await caches.open(prefix + reader);
  await cache.put(path, new Response(html, { headers }));
  await trim(cache);
  if (epoch !== since) await caches.delete(prefix + reader);
  return html;
};

/** Keeps a page soon: at once the first time, then every few seconds at most. */
export const keepPage = async (path: string): Promise<string | null> => {
  if (pending.has(path)) return null;
  pending.add(path);
  const wait = (askedAt.get(path) ?? 0) + pauseMs - Date.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  pending.delete(path);
  askedAt.set(path, Date.now());
  return keepNow(path);
};

/** The kept page for an address, unless it is too old; the plain list when this view of it was never seen. */
export const keptPage = async (path: string): Promise<Response | null> => {
  const [name] = await keptCaches();
  if (!name) return null;
  const cache = await caches.open(name);
  const found = (await cache.match(path)) ?? (await cache.match(path.replace(/\?.*$/u, '')));
  return found && Date.now() - ageOf(found) <= keptLimits.ageMs ? found : null;
};

const isStale = async (path: string): Promise<boolean> => {
  const kept = await keptPage(path);
  return !kept || Date.now() - ageOf(kept) > keptLimits.staleMs;
};

/** Keeps ahead what one will want to read without a network: one's favours, one's conversations. */
export const keepAhead = async (): Promise<void> => {
  if (await isStale('/coups-de-main')) await keepPage('/coups-de-main');
  if (!(await isStale('/messages'))) return;
  const list = await keepPage('/messages');
  for (const path of talksOf(list ?? '')) if (await isStale(path)) await keepPage(path);
};

/** The words of every kept page. */
export const keptWords = async (): Promise<string[]> => {
  const [name] = await keptCaches();
  if (!name) return [];
  const cache = await caches.open(name);
  const pages = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
  return Promise.all(pages.flatMap((page) => (page ? [page.text()] : [])));
};
