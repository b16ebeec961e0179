import type { RequestEvent } from '@sveltejs/kit';
import { parse } from 'set-cookie-parser';
import type { ApiCall } from '#lib/api/api-for.ts';
import { isActedFor } from '#lib/offline/acting.server.ts';

/** Gives a cookie of the API to the reader of the page, with the attributes that the API chose. */
const passCookie = (event: RequestEvent, line: string): void => {
  for (const { name, value, path, maxAge, expires, httpOnly, secure, sameSite } of parse(line)) {
    event.cookies.set(name, value, {
      path: path ?? '/',
      httpOnly: httpOnly === true,
      secure: secure === true,
      sameSite: sameSite?.toLowerCase() === 'strict' ? 'strict' : 'lax',
      ...(maxAge !== undefined && { maxAge }),
      ...(expires !== undefined && { expires }),
    });
  }
};

const cookieOf = (event: RequestEvent): string =>
  event.cookies
    .getAll()
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ');

/** What goes with every call of a page: its reader's cookies, browser and chosen language. */
const headersOf = (event: RequestEvent): Record<string, string> => {
  const cookie = cookieOf(event);
  const browser = event.request.headers.get('user-agent');
  return {
    'accept-language': event.locals.locale,
    ...(cookie && { cookie }),
    ...(browser && { 'user-agent': browser }),
  };
};

/**
 * How this page's `load` and hook read the API: where it is in the same process, without the `Request`, the `Response` and their streams, which took as long
 * as most answers; else through `event.fetch`. What goes with a call and comes back with it is as `callApi` does it.
 */
export const callOf =
  (event: RequestEvent): ApiCall =>
  async (path, init) => {
    const { ask } = event.platform?.req.palier ?? {};
    const { method = 'GET', headers, body } = init;
    if (!ask || method !== 'GET' || body !== undefined || !path.startsWith('/api/')) return event.fetch(path, init);
    const own = headers as Record<string, string>;
    const sent: Record<string, string> = { ...own, host: event.url.host, ...headersOf(event) };
    const { acting } = event.locals;
    if (acting && isActedFor(path.replace(/\?.*/, ''))) sent['palier-acting-for'] = acting.id;
    const { status, header, text } = await ask(path, sent, event.getClientAddress());
    for (const line of [header('set-cookie') ?? []].flat()) passCookie(event, line);
    return {
      ok: status >= 200 && status < 300,
      status,
      headers: { get: (name) => header(name)?.toString() ?? null },
      json: async () => JSON.parse(text),
      text: async () => text,
    };
  };

/**
 * Sends a page's own call of `/api/…` to the API: in process when the server put it on the request, else to `apiUrl`.
 * The reader's cookies, address, browser and chosen language go with it; cookies that the API sets come back with the page.
 */
export const callApi = async (
  event: RequestEvent,
  request: Request,
  apiUrl: URL | undefined,
  fetch: typeof globalThis.fetch,
): Promise<Response> => {
  const inProcess = event.platform?.req.palier;
  if (!inProcess && !apiUrl) return fetch(request);

  const url = new URL(request.url);
  const target = inProcess || !apiUrl ? request : new Request(new URL(url.pathname + url.search, apiUrl), request);
  for (const [name, value] of Object.entries(headersOf(event))) target.headers.set(name, value);
  if (target.method !== 'GET' && target.method !== 'HEAD') target.headers.set('origin', event.url.origin);

  const address = event.getClientAddress();
  if (!inProcess) target.headers.set('x-forwarded-for', address);
  const response = inProcess ? await inProcess.fetch(target, address) : await globalThis.fetch(target);
  for (const line of response.headers.getSetCookie()) passCookie(event, line);
  return response;
};
