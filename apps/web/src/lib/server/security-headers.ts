const always: ReadonlyArray<readonly [string, string]> = [
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), payment=(), usb=(), geolocation=(self)'],
  // Never `no-referrer`: a form posted without scripts would then send `Origin: null` and be refused.
  ['referrer-policy', 'same-origin'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
];

const bareCsp =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * Sets the headers that every page carries, errors included (reliability.md A11); a page that SvelteKit gave no policy gets one that runs no script.
 * The host of `mapStyle`, if this installation has one, may be asked for the map's ground, and for nothing else.
 */
export const setSecurityHeaders = (headers: Headers, url: URL, mapStyle: string | null): void => {
  for (const [name, value] of always) headers.set(name, value);
  if (url.protocol === 'https:') headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
  if (!headers.get('content-type')?.startsWith('text/html')) return;
  headers.set('content-type', 'text/html; charset=utf-8');
  const socket = `${url.protocol === 'https:' ? 'wss:' : 'ws:'}//${url.host}`;
  const policy = headers.get('content-security-policy') ?? bareCsp;
  const map = mapStyle ? ` ${new URL(mapStyle).origin}` : '';
  headers.set(
    'content-security-policy',
    policy
      .replace("connect-src 'self'", `connect-src 'self' ${socket}${map}`)
      .replace("img-src 'self' data: blob:", `img-src 'self' data: blob:${map}`),
  );
};

/** Sets who may keep a page: nobody when it was made for someone signed in, else this browser after asking again. */
export const setCaching = (headers: Headers, signedIn: boolean): void => {
  if (signedIn) {
    headers.set('cache-control', 'private, no-store');
    return;
  }
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
  headers.append('vary', 'Cookie, Accept-Language');
};
