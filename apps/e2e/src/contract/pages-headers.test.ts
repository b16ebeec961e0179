import { describe, expect, it } from 'vitest';
import { resident, visitor } from '../harness/caller.ts';

const policyOf = (headers: Headers): Map<string, string> =>
  new Map(
    (headers.get('content-security-policy') ?? '')
      .split(';')
      .map((part) => part.trim().split(/ (.*)/s))
      .map(([name = '', value = '']) => [name, value]),
  );

describe('what every page carries', () => {
  it.each(['/', '/connexion', '/entrer', '/confidentialite', '/no-such-page'])(
    '%s lets only itself run, frames nothing and says nothing of where one comes from',
    async (path) => {
      const { headers, text } = await visitor().get(path);
      const policy = policyOf(headers);
      const nonce = /'nonce-([^']+)'/.exec(policy.get('script-src') ?? '')?.[1];
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('object-src')).toBe("'none'");
      expect(policy.get('base-uri')).toBe("'none'");
      expect(policy.get('frame-ancestors')).toBe("'none'");
      expect(policy.get('script-src')).not.toMatch(/unsafe-(inline|eval)/);
      for (const [script] of text.matchAll(/<script(?![^>]*\ssrc=)[^>]*>/g))
        expect(script).toContain(`nonce="${nonce}"`);
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    },
  );

  it('gives each answer a nonce of its own', async () => {
    const nonces = await Promise.all(
      [1, 2, 3].map(async () => policyOf((await visitor().get('/')).headers).get('script-src')),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  it('is kept by nobody once it was made for someone', async () => {
    const someone = await resident(41);
    for (const path of ['/autour', '/moi', '/coups-de-main', '/'])
      expect((await someone.get(path)).headers.get('cache-control'), path).toBe('private, no-store');
  });
});

describe('one origin', () => {
  it('sends a page asked under another name to the public origin, for this once', async () => {
    const { origin } = visitor();
    const elsewhere = visitor(origin.replace('localhost', '127.0.0.1'));
    const { status, headers } = await elsewhere.get('/confidentialite?a=b');
    expect(status).toBe(307);
    expect(headers.get('location')).toBe(`${origin}/confidentialite?a=b`);
  });

  it('answers the API there all the same', async () => {
    const elsewhere = visitor(visitor().origin.replace('localhost', '127.0.0.1'));
    expect((await elsewhere.get('/api/health')).status).toBe(200);
  });

  it('refuses a form sent by another site, or by nobody', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const send = (more: Record<string, string>) =>
      visitor().post('/preferences', 'text=large', { headers: { ...headers, ...more } });
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await send({ origin: 'null' })).status).toBe(403);
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({})).status).toBe(303);
  });
});

describe('language', () => {
  it('is French unless the reader asks for English', async () => {
    const langOf = async (accept: string) =>
      /<html lang="(\w+)"/.exec((await visitor().get('/', { headers: { 'accept-language': accept } })).text)?.[1];
    expect(await langOf('de-DE,de;q=0.9')).toBe('fr');
    expect(await langOf('en-GB,en;q=0.9')).toBe('en');
    expect(await langOf('fr-FR,en;q=0.5')).toBe('fr');
  });
});
