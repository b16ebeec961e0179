import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Answer, Caller, resident, signIn, visitor } from '../harness/caller.ts';

const problemOf = ({ headers, json, status }: Answer) => {
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(json).toMatchObject({
    status,
    title: expect.any(String),
    type: expect.any(String),
    detail: expect.any(String),
  });
  return `${status} ${String(json.code)}`;
};

const request = (title: string, more: object = {}) => ({
  kind: 'request',
  category: 'errands',
  title,
  audience: 'residence',
  ...more,
});

describe('refusals', () => {
  it('are problem documents with a code', async () => {
    const someone = await resident(42);
    expect(problemOf(await visitor().get('/api/no-such-thing'))).toBe('404 resource.absent');
    expect(problemOf(await visitor().get('/api/me'))).toBe('401 session.required');
    expect(problemOf(await visitor().get('/api/posts'))).toBe('401 session.required');
    expect(problemOf(await someone.get(`/api/posts/${randomUUID()}`))).toBe('404 resource.absent');
    expect(problemOf(await someone.get('/api/posts?sort=random'))).toBe('400 request.invalid');
    expect(problemOf(await someone.get('/api/posts?cursor=abc'))).toBe('400 cursor.invalid');
    expect(problemOf(await someone.post('/api/posts', '{"kind":'))).toBe('400 request.malformed');
    expect(problemOf(await someone.post('/api/posts', { ...request('Du pain frais'), ownerId: 1 }))).toBe(
      '400 request.invalid',
    );
    expect(problemOf(await someone.post('/api/posts', 'a'.repeat(70_000)))).toBe('413 body.too-large');
    expect(problemOf(await someone.post('/api/posts', 'a=b', { headers: { 'content-type': 'text/plain' } }))).toBe(
      '415 media.unsupported',
    );
  });

  it('name the field that does not fit', async () => {
    const { json } = await (await resident(42)).post('/api/posts', request('ab'));
    expect(json.errors).toEqual([{ path: expect.stringContaining('title'), message: expect.any(String) }]);
  });

  it('speak the language asked for', async () => {
    const detail = async (language: string) =>
      (await visitor().get('/api/me', { headers: { 'accept-language': language } })).json.detail;
    expect(await detail('fr')).not.toBe(await detail('en'));
  });

  it('come before the work when nobody says where the call comes from', async () => {
    const someone = await resident(42);
    const bare = new Caller(someone.reader);
    const headers = { cookie: someone.cookie };
    expect(
      problemOf(await bare.call('POST', '/api/posts', { headers: { ...headers, origin: 'https://evil.example' } })),
    ).toBe('403 origin.foreign');
    expect(
      problemOf(await bare.call('DELETE', '/api/session', { headers: { ...headers, 'sec-fetch-site': 'cross-site' } })),
    ).toBe('403 origin.foreign');
    const without = await fetch(new URL('/api/session', someone.origin), { method: 'DELETE', headers });
    expect(await without.json()).toMatchObject({ status: 403, code: 'origin.missing' });
    expect((await someone.get('/api/me')).status).toBe(200);
  });
});

describe('what is asked but not given', () => {
  it('is money: 422, and paying back is not money', async () => {
    const someone = await resident(43);
    expect(
      problemOf(
        await someone.post(
          '/api/posts',
          request('Je fais le ménage pour 15 euros de l’heure', { kind: 'offer', category: 'other' }),
        ),
      ),
    ).toBe('422 post.payment');
    const errand = request('Qui peut me prendre du pain ?', { details: 'Je vous rembourse le pain.' });
    expect((await someone.post('/api/posts', errand)).status).toBe(201);
  });

  it('is an emergency: 422 with whom to call, until the numbers were seen', async () => {
    const someone = await resident(43);
    const fall = request('Ma voisine est tombée et ne se relève pas', { category: 'other' });
    const refused = await someone.post('/api/posts', fall);
    expect(problemOf(refused)).toBe('422 post.emergency');
    expect(refused.json.numbers).toContain('15');
    expect((await someone.post('/api/posts', { ...fall, emergencySeen: true })).status).toBe(201);
  });
});

describe('Idempotency-Key', () => {
  it('gives the first answer again, byte for byte, and does nothing twice', async () => {
    const someone = await resident(44);
    const key = randomUUID();
    const body = request(`Une échelle ${key.slice(0, 8)}`);
    const first = await someone.post('/api/posts', body, { key });
    const again = await someone.post('/api/posts', body, { key });
    expect(first.status).toBe(201);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    const { json } = await someone.get(`/api/posts?q=${key.slice(0, 8)}&limit=100`);
    expect(json.items.filter((post) => post.title === body.title)).toHaveLength(1);
    expect(problemOf(await someone.post('/api/posts', request('Autre chose'), { key }))).toBe(
      '422 idempotency.mismatch',
    );
  });

  it('is each person’s own', async () => {
    const [one, other] = await Promise.all([resident(44), resident(45)]);
    const key = randomUUID();
    const first = await one.post('/api/posts', request('Arroser mes plantes'), { key });
    const second = await other.post('/api/posts', request('Arroser mes plantes'), { key });
    expect(second.status).toBe(201);
    expect(second.json.post.id).not.toBe(first.json.post.id);
  });

  it('lets ten calls at once make one post', async () => {
    const someone = await resident(44);
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => someone.post('/api/posts', request('Un carton à porter'), { key })),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    for (const other of answers.filter(({ status }) => status !== 201))
      expect(problemOf(other)).toBe('409 idempotency.in-flight');
  });
});

describe('lists', () => {
  const ids = (items: { id: string }[]) => items.map(({ id }) => id);

  it('page through everything once, in order, without a gap', async () => {
    const someone = await resident(1);
    const whole = await someone.get('/api/posts?limit=100');
    const seen: string[] = [];
    let next: string | null = '';
    for (let page = 0; next !== null && page < 40; page++) {
      const { json } = await someone.get(`/api/posts?limit=7${next ? `&cursor=${encodeURIComponent(next)}` : ''}`);
      expect(json.items.length).toBeLessThanOrEqual(7);
      seen.push(...ids(json.items));
      next = json.next;
    }
    expect(next).toBeNull();
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.slice(0, 100)).toEqual(ids(whole.json.items));
  });

  it('refuse a cursor that was touched, and one of another person', async () => {
    const [one, other] = await Promise.all([resident(1), resident(200)]);
    const next = String((await one.get('/api/posts?limit=2')).json.next);
    const touched = `${next.slice(0, -2)}${next.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(problemOf(await one.get(`/api/posts?limit=2&cursor=${encodeURIComponent(touched)}`))).toBe(
      '400 cursor.invalid',
    );
    const foreign = await other.get(`/api/posts?limit=2&cursor=${encodeURIComponent(next)}`);
    if (foreign.status !== 200) return expect(problemOf(foreign)).toBe('400 cursor.invalid');
    const own = ids((await other.get('/api/posts?limit=100')).json.items);
    expect(own).toEqual(expect.arrayContaining(ids(foreign.json.items)));
  });

  it('say up to where the stream had been read before them', async () => {
    const someone = await resident(46);
    const before = await someone.get('/api/posts?limit=1');
    await someone.post('/api/posts', request('Un tire-bouchon'));
    const seq = ({ headers }: Answer) => Number(headers.get('palier-seq'));
    expect(seq(before)).toBeGreaterThanOrEqual(0);
    await expect.poll(async () => seq(await someone.get('/api/posts?limit=1'))).toBeGreaterThan(seq(before));
    expect((await someone.get('/api/favours')).headers.get('palier-seq')).toMatch(/^\d+$/);
  });

  it('are nobody else’s to keep', async () => {
    expect((await (await resident(46)).get('/api/posts')).headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('an officer', () => {
  it('is refused on every resident route', async () => {
    const officer = await signIn('officer-01173');
    const id = randomUUID();
    const routes = [
      'GET /api/posts',
      `GET /api/posts/${id}`,
      'POST /api/posts',
      `POST /api/posts/${id}/favours`,
      'GET /api/favours',
    ];
    for (const route of [...routes, `POST /api/favours/${id}/done`, `GET /api/posts/${id}/matches`]) {
      const [method = '', path = ''] = route.split(' ');
      const answer = await officer.call(method, path, method === 'POST' ? { body: {} } : {});
      expect([route, problemOf(answer)]).toEqual([route, '403 role.required']);
    }
    expect((await officer.get('/api/me')).status).toBe(200);
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1 whose every operation is named once and refuses in problem documents', async () => {
    const { status, json } = await visitor().get('/api/openapi.json');
    expect(status).toBe(200);
    expect(json.openapi).toMatch(/^3\.1/);
    expect(json.servers).toEqual([{ url: visitor().origin }]);
    const operations = Object.entries(json.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(operations.length).toBeGreaterThan(15);
    for (const { path } of operations) expect(path).toMatch(/^\/api\//);
    const names = operations.map(({ operation }) => operation.operationId);
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(expect.arrayContaining(['posts.create', 'favours.accept', 'session.open']));
  });
});
