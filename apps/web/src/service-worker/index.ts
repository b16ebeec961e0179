import { builtFilesOf, keptAs } from '#lib/device/kept-rules.ts';
import { sendWaiting } from '#lib/device/send-waiting.ts';
import { self } from '$app/service-worker';
import { builtFile, dropOldFiles, keepFiles } from './assets.ts';
import { forgetAll, keepAhead, keepPage, keptPage, keptWords, seeReader } from './kept-pages.ts';
import { followPush, openPushed, showPush } from './pushed.ts';

const offlinePath = '/hors-connexion';
const offlineCache = 'palier-offline';
const patienceMs = 6_000; // after which what is kept is better than what does not come

const keepOfflinePage = async (): Promise<void> => {
  const response = await fetch(offlinePath, { credentials: 'omit' });
  if (!response.ok) throw new Error(`${offlinePath}: ${response.status}`);
  await keepFiles(builtFilesOf(await response.clone().text()));
  await (await caches.open(offlineCache)).put(offlinePath, response);
};

const fromNetwork = (request: Request, isKept: boolean): Promise<Response> => {
  const asked = fetch(request);
  if (!isKept) return asked;
  const patience = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('too slow')), patienceMs);
  });
  return Promise.race([asked, patience]);
};

const page = async (event: FetchEvent, url: URL): Promise<Response> => {
  const path = keptAs(url);
  const kept = path ? await keptPage(path) : null;
  try {
    const response = await fromNetwork(event.request, kept !== null);
    const reader = response.headers.get('palier-reader');
    await seeReader(reader);
    if (response.ok && reader && reader !== 'none')
      event.waitUntil((path ? keepPage(path) : Promise.resolve()).then(keepAhead));
    return response;
  } catch {
    if (kept) return kept;
    const offline = await caches.match(offlinePath, { cacheName: offlineCache });
    if (url.pathname === offlinePath) return offline ?? Response.error();
    const back = encodeURIComponent(url.pathname + url.search);
    return offline ? Response.redirect(`${offlinePath}?de=${back}`, 302) : Response.error();
  }
};

const pageData = async (event: FetchEvent, url: URL): Promise<Response> => {
  const response = await fetch(event.request);
  await seeReader(response.headers.get('palier-reader'));
  const path = keptAs(url);
  if (path && response.ok) event.waitUntil(keepPage(path));
  return response;
};

self.addEventListener('install', (event) => {
  event.waitUntil(keepOfflinePage());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([keptWords().then(dropOldFiles), self.clients.claim()]));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST' && url.pathname === '/deconnexion') event.waitUntil(forgetAll());
  if (request.method !== 'GET') return;
  if (url.pathname.startsWith('/_app/immutable/')) event.respondWith(builtFile(request));
  else if (request.mode === 'navigate') event.respondWith(page(event, url));
  else if (url.pathname.endsWith('/__data.json')) event.respondWith(pageData(event, url));
});

self.addEventListener('message', (event) => {
  const said = event.data as { type?: unknown; files?: unknown } | null;
  if (said?.type === 'take-over') event.waitUntil(self.skipWaiting());
  if (said?.type === 'loaded' && Array.isArray(said.files))
    event.waitUntil(keepFiles(said.files.filter((file) => typeof file === 'string')));
});

self.addEventListener('sync', (event) => {
  (event as ExtendableEvent).waitUntil(sendWaiting());
});

self.addEventListener('push', (event) => event.waitUntil(showPush(event)));
self.addEventListener('notificationclick', (event) => event.waitUntil(openPushed(event)));
self.addEventListener('pushsubscriptionchange', (event) => {
  (event as ExtendableEvent).waitUntil(followPush(event));
});
