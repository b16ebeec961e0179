/** A refusal of the API (RFC 9457): its HTTP `status`, its `code` from the closed list, and the fields at fault by path. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly { path: string; message: string }[];
  /** The whole problem document, for what a code adds to it. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const code = typeof body.code === 'string' ? body.code : 'internal';
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    this.body = body;
  }
}

type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

const withQuery = (path: string, query: Query): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  return search.size > 0 ? `${path}?${search}` : path;
};

/** Pages that one list is followed over: ten thousand items, which no page shows. */
const pagesMax = 100;

/** What is read of an answer of the API; a whole `Response` is one. */
export type ApiAnswer = Pick<Response, 'ok' | 'status' | 'json' | 'text'> & { headers: Pick<Headers, 'get'> };
/** A call of the API by its path; any `fetch` is one. */
export type ApiCall = (path: string, init: RequestInit) => Promise<ApiAnswer>;

const readBody = async (response: ApiAnswer): Promise<Record<string, unknown>> => {
  const isJson = /^application\/([a-z.]+\+)?json/.test(response.headers.get('content-type') ?? '');
  return isJson ? ((await response.json()) as Record<string, unknown>) : {};
};

const seqOf = ({ headers }: ApiAnswer): number | null => {
  const seq = headers.get('palier-seq');
  return seq === null ? null : Number(seq);
};

/**
 * The API through a `fetch` (`locals.call` or the one of `load` and of actions on the server, the window's in the browser). Bodies go and
 * come as JSON; `actingFor` is the session in which a referent acts for a neighbour, where the browser itself calls; any other status than 2xx throws an `ApiProblem`, a call that never arrived one of status 503.
 */
export const apiFor = (fetch: ApiCall, actingFor?: string) => {
  const own = { accept: 'application/json', ...(actingFor && { 'palier-acting-for': actingFor }) };
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> => {
    const init: RequestInit = { method, headers: { ...own, ...headers } };
    if (body !== undefined)
      Object.assign(init, {
        body: JSON.stringify(body),
        headers: { ...init.headers, 'content-type': 'application/json' },
      });
    const response = await fetch(path, init).catch(() => null);
    if (!response) throw new ApiProblem(503, { code: 'overloaded' });
    if (!response.ok) throw new ApiProblem(response.status, await readBody(response));
    return response;
  };
  const json = async <T>(response: ApiAnswer): Promise<T> => (await readBody(response)) as T;

  return {
    get: async <T>(path: string, query: Query = {}): Promise<T> => json<T>(await call('GET', withQuery(path, query))),
    /** A list whole, page after page: the first page's answer with the items of all. */
    getAll: async <T extends { items: readonly unknown[] }>(path: string, query: Query = {}): Promise<T> => {
      const page = async (cursor?: string) =>
        json<T & { next?: string | null }>(await call('GET', withQuery(path, { ...query, limit: 100, cursor })));
      const { next, ...first } = await page();
      const items = [...first.items];
      for (let cursor = next, turn = 1; cursor && turn < pagesMax; turn += 1) {
        const more = await page(cursor);
        items.push(...more.items);
        cursor = more.next;
      }
      return { ...first, items } as unknown as T;
    },
    /** A read that live keeps true: `seq` is where to open the stream so that nothing is missed; null when the API gave none. */
    read: async <T>(path: string, query: Query = {}): Promise<{ body: T; seq: number | null }> => {
      const response = await call('GET', withQuery(path, query));
      return { body: await json<T>(response), seq: seqOf(response) };
    },
    /** The same read, its JSON as the API wrote it. */
    readText: async (path: string, query: Query = {}): Promise<{ text: string; seq: number | null }> => {
      const response = await call('GET', withQuery(path, query));
      return { text: await response.text(), seq: seqOf(response) };
    },
    /** With `idempotencyKey`, the same creation sent twice is made once. */
    post: async <T = void>(path: string, body: unknown = {}, idempotencyKey?: string): Promise<T> =>
      json<T>(await call('POST', path, body, idempotencyKey ? { 'idempotency-key': idempotencyKey } : {})),
    patch: async <T = void>(path: string, body: unknown): Promise<T> => json<T>(await call('PATCH', path, body)),
    delete: async <T = void>(path: string, body?: unknown): Promise<T> => json<T>(await call('DELETE', path, body)),
  };
};
