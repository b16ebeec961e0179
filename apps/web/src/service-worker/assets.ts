import { builtFilesOf } from '#lib/device/kept-rules.ts';
import { immutable } from '$app/manifest';

const name = 'palier-assets';
const largestBytes = 150_000; // the map's library is not carried along for reading messages

const isBuilt = (url: URL): boolean =>
  url.origin === location.origin && url.pathname.startsWith('/_app/immutable/') && url.search === '';

/** A built file: the kept one, else the network's. Names hold a hash of what is inside, so a kept one is never out of date. */
export const builtFile = async (request: Request): Promise<Response> => {
  const kept = await caches.match(request, { cacheName: name });
  return kept ?? fetch(request);
};

/** Keeps the built files of these addresses that are not kept yet; what cannot be had now is left for later. */
export const keepFiles = async (addresses: readonly string[]): Promise<void> => {
  const cache = await caches.open(name);
  await Promise.all(
    addresses.map(async (address) => {
      const url = new URL(address, location.origin);
      if (!isBuilt(url) || (await cache.match(url.href))) return;
      const response = await fetch(url.href, { credentials: 'omit' }).catch(() => null);
      if (response?.ok && Number(response.headers.get('content-length') ?? 0) <= largestBytes)
        await cache.put(url.href, response);
    }),
  );
};

/** Drops the files that neither this build nor any of these pages uses. */
export const dropOldFiles = async (pages: readonly string[]): Promise<void> => {
  const used = new Set([
    ...immutable.map(({ path }) => `/${path.replace(/^\/+/u, '')}`),
    ...pages.flatMap(builtFilesOf),
  ]);
  const cache = await caches.open(name);
  const gone = (await cache.keys()).filter(({ url }) => !used.has(new URL(url).pathname));
  await Promise.all(gone.map((request) => cache.delete(request)));
};
