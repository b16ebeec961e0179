import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Me } from '@palier/domain/accounts';
import { overwriteServerAsyncLocalStorage } from '@palier/messages/runtime';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { callApi } from '#lib/server/api-bridge.ts';
import { compressPage } from '#lib/server/compress.ts';
import { chooseDisplay, type Display } from '#lib/server/display.ts';
import { mayAct } from '#lib/server/gate.ts';
import { setCaching, setSecurityHeaders } from '#lib/server/security-headers.ts';
import { API_URL } from '$app/env/private';

const sessionCookies = ['__Host-palier', 'palier_session'];

const words = new AsyncLocalStorage<{ locale?: Display['locale']; origin?: string; messageCalls?: Set<string> }>();
overwriteServerAsyncLocalStorage(words);

const whoIs = async (event: RequestEvent): Promise<Me | null> => {
  if (!sessionCookies.some((name) => event.cookies.get(name))) return null;
  const response = await event.fetch('/api/me').catch(() => null);
  if (response?.ok) return (await response.json()) as Me;
  event.locals.isApiDown = !response || response.status >= 429;
  return null;
};

export const handle: Handle = async ({ event, resolve }) => {
  const { request, cookies, locals, url } = event;
  const chooseFor = (me: Me | null) =>
    chooseDisplay(me, (name) => cookies.get(name), request.headers.get('accept-language'));
  Object.assign(locals, chooseFor(null), { me: null, isApiDown: false, mayCompress: true });
  if (!mayAct(request, url.origin))
    return new Response('403', { status: 403, headers: { 'content-type': 'text/plain' } });

  locals.me = await whoIs(event);
  Object.assign(locals, chooseFor(locals.me));
  const { locale, text, theme } = locals;
  const response = await words.run({ locale, origin: url.origin, messageCalls: new Set() }, () =>
    resolve(event, {
      transformPageChunk: ({ html }) =>
        html
          .replace('<html lang="fr"', `<html lang="${locale}"`)
          .replace('%palier.text%', text)
          .replace('%palier.theme%', theme),
      preload: (file) =>
        file.type === 'js' || file.type === 'css' || (file.type === 'font' && file.filename.includes('-latin-')),
    }),
  );
  setSecurityHeaders(response.headers, url);
  setCaching(response.headers, locals.me !== null);
  return locals.mayCompress ? compressPage(request, response) : response;
};

export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const url = new URL(request.url);
  const isApi = url.origin === event.url.origin && url.pathname.startsWith('/api/');
  return isApi ? callApi(event, request, API_URL, fetch) : fetch(request);
};

export const handleError: HandleServerError = (caught) => {
  if (caught.kind === 'app' || caught.kind === 'framework') return undefined;
  const { error, event } = caught;
  const errorId = randomUUID().slice(0, 8);
  const stack = error instanceof Error ? error.stack : undefined;
  console.error(JSON.stringify({ level: 50, errorId, route: event.route.id, msg: String(error), stack }));
  return { id: errorId };
};
