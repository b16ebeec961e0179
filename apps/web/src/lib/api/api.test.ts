import { describe, expect, test } from 'vitest';
import { ApiProblem, apiFor } from './api-for.ts';
import { readForm, refuseAnswer, refuseInput } from './forms.server.ts';

const problem = (status: number, body: object) =>
  Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });

describe('apiFor', () => {
  test('writes the query, leaving out what is empty', async () => {
    const asked: string[] = [];
    const api = apiFor((input) => {
      asked.push(String(input));
      return Promise.resolve(Response.json({ items: [] }));
    });
    await api.get('/api/posts', { category: ['errands', 'repair'], within: 500, q: '', cursor: null });
    await api.get('/api/me');
    expect(asked).toEqual(['/api/posts?category=errands&category=repair&within=500', '/api/me']);
  });

  test('sends JSON with the idempotency key', async () => {
    let sent: RequestInit = {};
    const api = apiFor((_input, init) => {
      sent = init ?? {};
      return Promise.resolve(Response.json({ post: { id: '1' } }, { status: 201 }));
    });
    expect(await api.post('/api/posts', { title: 'Eau' }, 'key-1')).toEqual({ post: { id: '1' } });
    expect(new Headers(sent.headers).get('idempotency-key')).toBe('key-1');
    expect(sent.body).toBe('{"title":"Eau"}');
  });

  test('tells where to open the stream', async () => {
    const api = apiFor(() => Promise.resolve(Response.json({ items: [] }, { headers: { 'palier-seq': '42' } })));
    expect(await api.read('/api/posts')).toEqual({ body: { items: [] }, seq: 42 });
  });

  test('reads a list to its end, with what its first page says besides', async () => {
    const asked: string[] = [];
    const api = apiFor((input) => {
      asked.push(String(input));
      const page =
        asked.length === 1 ? { name: 'Gex', items: [1, 2], next: 'c1' } : { name: 'Gex', items: [3], next: null };
      return Promise.resolve(Response.json(page));
    });
    expect(await api.getAll('/api/kits', { locale: 'fr' })).toEqual({ name: 'Gex', items: [1, 2, 3] });
    expect(asked).toEqual(['/api/kits?locale=fr&limit=100', '/api/kits?locale=fr&limit=100&cursor=c1']);
  });

  test('throws the problem that the API answers', async () => {
    const api = apiFor(() => Promise.resolve(problem(409, { code: 'post.full', status: 409, title: 'x' })));
    await expect(api.post('/api/posts/1/favours')).rejects.toMatchObject({ status: 409, code: 'post.full' });
  });

  test('turns a lost connection and an answer that is no JSON into problems', async () => {
    await expect(apiFor(() => Promise.reject(new TypeError('fetch failed'))).get('/api/me')).rejects.toMatchObject({
      status: 503,
      code: 'overloaded',
    });
    await expect(
      apiFor(() => Promise.resolve(new Response('<p>', { status: 502 }))).get('/api/me'),
    ).rejects.toMatchObject({ status: 502, code: 'internal' });
  });

  test('reads an answer without a body', async () => {
    expect(await apiFor(() => Promise.resolve(new Response(null, { status: 204 }))).delete('/api/session')).toEqual({});
  });
});

describe('a form', () => {
  const post = (fields: [string, string][]) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    return readForm(new Request('https://palier.test/', { method: 'POST', body }));
  };

  test('shows again what was typed, but never a password', async () => {
    const form = await post([
      ['email', 'a@b.fr'],
      ['password', 'secret word'],
      ['skills', 'repair'],
      ['skills', 'garden'],
      ['idempotencyKey', 'k'],
    ]);
    expect(form.values).toEqual({ email: 'a@b.fr', skills: ['repair', 'garden'] });
    expect(form.idempotencyKey).toBe('k');
    expect(form.list('skills')).toEqual(['repair', 'garden']);
    expect(form.optional('floor')).toBeUndefined();
  });

  test('says which field the schema refuses, once each', async () => {
    const form = await post([
      ['title', 'x'],
      ['email', ''],
    ]);
    const refusal = refuseInput(form, [
      { path: ['title'], code: 'too_small' },
      { path: ['title'], code: 'custom' },
      { path: ['email'], code: 'invalid_format' },
    ]);
    expect(refusal.status).toBe(400);
    expect(Object.keys(refusal.data.errors)).toEqual(['title', 'email']);
    expect(refusal.data.errors.title).not.toBe(refusal.data.errors.email);
    expect(refusal.data.values).toEqual({ title: 'x', email: '' });
  });

  test('gives a new key after a refusal, and keeps it when nothing is known of the first attempt', async () => {
    const form = await post([
      ['idempotencyKey', 'k'],
      ['title', 'Eau'],
    ]);
    const refused = refuseAnswer(
      form,
      new ApiProblem(422, { code: 'post.payment', errors: [{ path: '/body/title', message: 'Sans prix' }] }),
    );
    expect(refused.data).toMatchObject({
      code: 'post.payment',
      errors: { title: 'Sans prix' },
      values: { title: 'Eau' },
    });
    expect(refused.data.key).not.toBe('k');
    expect(refuseAnswer(form, new ApiProblem(503, {})).data.key).toBe('k');
  });

  test('throws on what is not a refusal', async () => {
    const form = await post([]);
    expect(() => refuseAnswer(form, new TypeError('a bug'))).toThrow('a bug');
  });
});
