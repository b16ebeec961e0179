import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Me } from '@palier/domain/accounts';
import { overwriteServerAsyncLocalStorage } from '@palier/messages/runtime';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { readInstance } from '#lib/api/instance.server.ts';
import { actingCookie, isActedFor, isTheirs, readActing, residentOf } from '#lib/offline/acting.server.ts';
import { callApi, callOf } from '#lib/server/api-bridge.ts';
import { compressPage } from '#lib/server/compress.ts';
import { attributesOf, chooseDisplay, type Display } from '#lib/server/display.ts';
import { mayAct } from '#lib/server/gate.ts';
import { isForAnother, keepLess, setReader } from '#lib/server/kept.ts';
import { setCaching, setSecurityHeaders } from '#lib/server/security-headers.ts';
import { textFirst } from '#lib/server/text-first.ts';
import { WholePage } from '#lib/server/whole-page.ts';
import { API_URL } from '$app/env/private';

const sessionCookies = ['__Host-palier', 'palier_session'];

const words = new AsyncLocalStorage<{ locale?: Display['locale']; origin?: string; messageCalls?: Set<string> }>();
overwriteServerAsyncLocalStorage(words);

const whoIs = async (event: RequestEvent): Promise<Me | null> => {
  if (!sessionCookies.some((name) => event.cookies.get(name))) return null;
  try {
    return await apiFor(event.locals.call).get<Me>('/api/me');
  } catch (problem) {
    event.locals.isApiDown = !(problem instanceof ApiProblem) || problem.status >= 429;
    return null;
  }
};

/** Reads for whom the browser acts; an answer when that is over or unknown, so that nothing is ever done in the wrong name. */
const beginActing = async (event: RequestEvent): Promise<Response | null> => {
  const { cookies, locals, url } = event;
  const acting = await readActing(event, locals.me);
  if (acting === 'none') return null;
  if (acting === 'unknown') return new Response('503', { status: 503, headers: { 'retry-after': '5' } });
  if (acting !== 'over') {
    locals.acting = acting;
    if (locals.me && isTheirs(url.pathname)) locals.me = { ...locals.me, resident: residentOf(acting) };
    return null;
  }
  if (url.pathname === '/bureau/sans-internet' && event.request.method === 'GET') {
    cookies.delete(actingCookie, { path: '/' });
    return null;
  }
  return new Response(null, { status: 303, headers: { location: '/bureau/sans-internet?fini' } });
};

export const handle: Handle = async ({ event, resolve }) => {
  const { request, cookies, locals, url } = event;
  const chooseFor = (me: Me | null) =>
    chooseDisplay(me, (name) => cookies.get(name), request.headers.get('accept-language'));
  const page = new WholePage();
  const none = {
    me: null,
    call: callOf(event),
    writeLater: page.writeLater,
    acting: null,
    isApiDown: false,
    isKept: false,
    mayCompress: true,
  };
  Object.assign(locals, chooseFor(null), none);
  if (!mayAct(request, url.origin))
    return new Response('403', { status: 403, headers: { 'content-type': 'text/plain' } });

  locals.me = await whoIs(event);
  Object.assign(locals, chooseFor(locals.me));
  const refusal = await beginActing(event);
  if (refusal) return refusal;
  if (isForAnother(request, locals)) return new Response(null, { status: 412 });
  keepLess(request, locals);
  const { locale } = locals;
  const chosen = attributesOf(locals);
  const asWritten = chosen === 'lang="fr"'; // as the template is: the page is then copied once less
  const whole = locals.me !== null;
  const response = await words.run({ locale, origin: url.origin, messageCalls: new Set() }, () =>
    resolve(event, {
      transformPageChunk: ({ html }) => {
        const ready = textFirst(html);
        const text = asWritten ? ready : ready.replace('<html lang="fr"', `<html ${chosen}`);
        return whole ? page.keep(text) : text;
      },
      preload: (file) =>
        file.type === 'js' || file.type === 'css' || (file.type === 'font' && file.filename.includes('-latin-')),
    }),
  );
  setSecurityHeaders(response.headers, url, (await readInstance(locals.call)).mapStyle);
  setCaching(response.headers, locals.me !== null);
  setReader(response.headers, locals);
  if (whole) return page.answer(request, response, locals.mayCompress, event.platform?.req.palier);
  return locals.mayCompress ? compressPage(request, response) : response;
};

export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const url = new URL(request.url);
  const isApi = url.origin === event.url.origin && url.pathname.startsWith('/api/');
  if (!isApi) return fetch(request);
  const { acting } = event.locals;
  if (acting && isActedFor(url.pathname)) request.headers.set('palier-acting-for', acting.id);
  return callApi(event, request, API_URL, fetch);
};

export const handleError: HandleServerError = (caught) => {
  if (caught.kind === 'app' || caught.kind === 'framework') return undefined;
  const { error, event } = caught;
  const errorId = randomUUID().slice(0, 8);
  const stack = error instanceof Error ? error.stack : undefined;
  console.error(JSON.stringify({ level: 50, errorId, route: event.route.id, msg: String(error), stack }));
  return { id: errorId };
};
