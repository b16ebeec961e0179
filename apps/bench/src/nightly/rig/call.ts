import { Agent, request } from 'node:http';

const withinMs = 15_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** What came back: null when no whole answer did. */
export type Answer = { status: number; text: string; tookMs: number } | { status: null; tookMs: number };
export type Call = { method?: 'GET' | 'POST'; cookie?: string; key?: string; body?: unknown; hasOwnSocket?: boolean };

/** One HTTP call as a browser of ours makes it; never rejects. */
export const call = (
  origin: string,
  path: string,
  { method, cookie, key, body, hasOwnSocket }: Call = {},
): Promise<Answer> => {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const startMs = performance.now();
  return new Promise((answered) => {
    const fail = (): void => answered({ status: null, tookMs: performance.now() - startMs });
    const headers = {
      origin,
      ...(cookie && { cookie }),
      ...(key && { 'idempotency-key': key }),
      ...(payload !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
      }),
    };
    const options = { method: method ?? (payload === undefined ? 'GET' : 'POST'), headers, timeout: withinMs };
    const asked = request(origin + path, { ...options, agent: hasOwnSocket ? false : agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        answered({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString(),
          tookMs: performance.now() - startMs,
        }),
      );
      response.on('error', fail);
      response.on('close', fail);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', fail);
    asked.end(payload);
  });
};
