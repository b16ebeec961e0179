import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FastifyInstance } from 'fastify';

/** How a page's own calls of the API are made; the web's hook finds it on the request. `ask` is a reading that spares what a `Request` and a `Response` cost; `page` is where the hook puts a page that is whole. */
export type Bridge = {
  fetch: (request: Request, clientAddress: string) => Promise<Response>;
  page?: Uint8Array | null;
  ask?: (path: string, headers: Record<string, string>, clientAddress: string) => Promise<Asked>;
};
type Asked = { status: number; header: (name: string) => string | string[] | undefined; text: string };
type NodeHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Private names, overwritten on every request, so that a client cannot set them. */
const headers = { proto: 'x-palier-proto', host: 'x-palier-host', address: 'x-palier-addr' } as const;
const handlerFile = resolve(import.meta.dirname, '../../../web/build/handler.js');
const noBody = new Set([204, 304]);

/** Whether the pages were built. */
export const hasWeb = (): boolean => existsSync(handlerFile);

/** Calls the API of this process, without a socket. */
export const inProcess = (app: FastifyInstance): Bridge => ({
  ask: async (url, headers, remoteAddress) => {
    const answer = await app.inject({ method: 'GET', url, remoteAddress, headers });
    return {
      status: answer.statusCode,
      header: (name) => answer.headers[name]?.valueOf() as string,
      text: answer.payload,
    };
  },
  fetch: async (request, clientAddress) => {
    const url = new URL(request.url);
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
    const answer = await app.inject({
      method: request.method as 'GET',
      url: url.pathname + url.search,
      remoteAddress: clientAddress,
      headers: { ...Object.fromEntries(request.headers), host: url.host },
      ...(body && { payload: body }),
    });
    const answered = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value === undefined) continue;
      const lines = name === 'set-cookie' && Array.isArray(value) ? value : [String(value)];
      for (const line of lines) answered.append(name, line);
    }
    return new Response(noBody.has(answer.statusCode) ? null : new Uint8Array(answer.rawPayload), {
      status: answer.statusCode,
      headers: answered,
    });
  },
});

/** Lets an answer that ends without a body send the page that waits on the bridge: no stream, no copy. */
const sendWhole = (answer: ServerResponse, bridge: Bridge): void => {
  const end = answer.end.bind(answer) as (...given: unknown[]) => ServerResponse;
  const endWith = (...given: unknown[]) => (given.length === 0 && bridge.page ? end(bridge.page) : end(...given));
  Object.assign(answer, { end: endWith });
};

/**
 * Mounts the pages behind the API's routes (recipes.md, 1): one origin, whatever name the visitor's browser used.
 * A page asked under another host name goes to `origin` by a 307, never a 308, which browsers keep.
 */
export const mountWeb = async (app: FastifyInstance, origin: URL, palier: Bridge): Promise<void> => {
  // The adapter reads these when it is imported.
  Object.assign(process.env, {
    KIT_PROTOCOL_HEADER: headers.proto,
    KIT_HOST_HEADER: headers.host,
    KIT_ADDRESS_HEADER: headers.address,
    KIT_BODY_SIZE_LIMIT: '12M',
  });
  const { handler } = (await import(pathToFileURL(handlerFile).href)) as { handler: NodeHandler };
  await app.register(async (web) => {
    web.removeAllContentTypeParsers();
    web.addContentTypeParser('*', (_request, _payload, done) => done(null)); // SvelteKit reads the raw stream
    web.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: '/*',
      schema: { hide: true },
      config: { scope: 'everyone' },
      handler: (request, reply) => {
        const { raw } = request;
        const isRead = raw.method === 'GET' || raw.method === 'HEAD';
        if (isRead && raw.headers.host !== origin.host) return reply.redirect(origin.origin + raw.url, 307);
        raw.headers[headers.proto] = origin.protocol.slice(0, -1);
        raw.headers[headers.host] = origin.host;
        raw.headers[headers.address] = request.ip;
        const bridge: Bridge = { ...palier, page: null };
        Object.assign(raw, { palier: bridge });
        reply.hijack();
        sendWhole(reply.raw, bridge);
        handler(raw, reply.raw, () => reply.raw.writeHead(404).end());
      },
    });
  });
};
