import { inject } from 'vitest';
import { capture } from './capture.ts';
import type { Body } from './shapes.ts';

/** An answer with its body read: as text, and as JSON where it is. */
export type Answer = { status: number; headers: Headers; text: string; json: Body };
type Options = { body?: unknown; headers?: Record<string, string>; key?: string };

/** Someone who speaks HTTP: keeps their cookies, sends our own `Origin` with unsafe calls, as a browser would. */
export class Caller {
  readonly reader: string;
  readonly origin: string;
  readonly cookies = new Map<string, string>();

  constructor(reader: string, origin: string = inject('origin')) {
    this.reader = reader;
    this.origin = origin;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Calls `path` on our origin; redirects are answers, not followed. */
  async call(method: string, path: string, { body, headers = {}, key }: Options = {}): Promise<Answer> {
    const isSafe = method === 'GET' || method === 'HEAD';
    const answer = await fetch(new URL(path, this.origin), {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookies.size > 0 && { cookie: this.cookie }),
        ...(!isSafe && { origin: this.origin }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    const text = await answer.text();
    capture(this.reader, `${method} ${path} ${answer.status}`, `${[...answer.headers].join('\n')}\n${text}`);
    const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '') && text !== '';
    return { status: answer.status, headers: answer.headers, text, json: (isJson ? JSON.parse(text) : {}) as Body };
  }

  get = (path: string, options?: Options) => this.call('GET', path, options);
  post = (path: string, body: unknown, options?: Options) => this.call('POST', path, { ...options, body });

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const [name = '', value = ''] = pair.trim().split(/=(.*)/s);
    const isGone = value === '' || attributes.some((one) => /max-age=0\b|expires=Thu, 01 Jan 1970/i.test(one));
    if (isGone) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** Someone with an account. */
export type Person = Caller & { email: string };

const password = 'palier-demo';

/** Signs into a demo account by HTTP: `name` is what stands before the `@` of its address. */
export const signIn = async (name: string, origin?: string): Promise<Person> => {
  const email = `${name}@demo.palier.test`;
  const caller = Object.assign(new Caller(name, origin), { email });
  const { status, text } = await caller.post('/api/session', { email, password });
  if (status >= 300) throw new Error(`${email} could not sign in: ${status} ${text}`);
  return caller;
};

/** A demo resident by number, signed in: 1–10 share a residence, 1–3 a stair, 11–20 live in the residence nearest to it. */
export const resident = (number: number, origin?: string): Promise<Person> =>
  signIn(`resident-${String(number).padStart(3, '0')}`, origin);

/** Someone without an account. */
export const visitor = (origin?: string): Caller => new Caller('visitor', origin);
