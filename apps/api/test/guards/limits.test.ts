import { expect, test } from 'vitest';
import { addressKey } from '../../src/plugins/rate-limit.ts';
import { openHarness } from '../harness.ts';

const h = await openHarness({ RATE_LIMITS: 'on' });
let address = 0;
const freshAddress = () => `192.0.2.${++address}`;

type Sent = { cookie?: string; headers?: Record<string, string>; method?: 'GET' | 'POST'; payload?: object };

/** Sends one call from an address, and answers its status. */
const statusFrom = async (
  remoteAddress: string,
  url: string,
  { cookie, headers, method = 'GET', payload }: Sent = {},
) => {
  const answer = await h.app.inject({
    method,
    url: `/api${url}`,
    remoteAddress,
    headers: { origin: h.env.origin.origin, ...(cookie && { cookie }), ...headers },
    ...(payload && { payload }),
  });
  return answer.statusCode;
};
const statuses = async (count: number, send: (n: number) => Promise<number>): Promise<Record<number, number>> => {
  const tally: Record<number, number> = {};
  for (let n = 0; n < count; n++) {
    const status = await send(n);
    tally[status] = (tally[status] ?? 0) + 1;
  }
  return tally;
};

test('a session calls 120 times a minute, wherever it calls from', async () => {
  const someone = await h.mintResident();
  const send = () => statusFrom(freshAddress(), '/me', { cookie: someone.cookie });
  expect(await statuses(130, send)).toEqual({ 200: 120, 429: 10 });
});

test('an address without a session calls 100 times a minute; what is refused counts as well', async () => {
  const [open, refused, invalid] = [freshAddress(), freshAddress(), freshAddress()];
  expect(await statuses(110, () => statusFrom(open, '/communes?q=gex'))).toEqual({ 200: 100, 429: 10 });
  expect(await statuses(110, () => statusFrom(refused, '/me'))).toEqual({ 401: 100, 429: 10 });
  const post = () => statusFrom(invalid, '/email/confirmation', { method: 'POST', payload: { token: 1 } });
  expect(await statuses(110, post)).toEqual({ 400: 100, 429: 10 });
});

test('a made-up cookie is no session: it is counted by address', async () => {
  const from = freshAddress();
  const cookie = () => `${h.app.sessions.cookieName}=${'x'.repeat(40)}${String(++address).padStart(3, '0')}`;
  expect(await statuses(110, () => statusFrom(from, '/me', { cookie: cookie() }))).toEqual({ 401: 100, 429: 10 });
});

test('a forged X-Forwarded-For, or our own private headers without the key, change nothing', async () => {
  const from = freshAddress();
  const forged = (n: number) => ({
    'x-forwarded-for': `198.51.100.${n}`,
    'x-real-ip': `198.51.100.${n}`,
    forwarded: `for=198.51.100.${n}`,
    'x-palier-client': `198.51.100.${n}`,
    'x-palier-internal': 'guess',
    'x-palier-addr': `198.51.100.${n}`,
  });
  const send = (n: number) => statusFrom(from, '/communes?q=gex', { headers: forged(n) });
  expect(await statuses(110, send)).toEqual({ 200: 100, 429: 10 });
});

test('a home of IPv6 is one address', async () => {
  const send = (n: number) => statusFrom(`2001:db8:1:2:${n.toString(16)}::1`, '/communes?q=gex');
  expect(await statuses(110, send)).toEqual({ 200: 100, 429: 10 });
  expect(await statusFrom('2001:db8:1:3::1', '/communes?q=gex')).toBe(200);
});

test('addresses are told apart as homes are', () => {
  expect(addressKey('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(addressKey('::ffff:192.0.2.7')).not.toBe(addressKey('::ffff:192.0.2.8'));
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:db8:1:2::9'));
  expect(addressKey('2001:db8:1:2::9')).not.toBe(addressKey('2001:db8:1:3::9'));
});

test('health and readiness stay outside', async () => {
  const from = freshAddress();
  for (const url of ['/health', '/ready'])
    expect(await statuses(130, () => statusFrom(from, url))).toEqual({ 200: 130 });
});

test('five failures in half an hour for one account, also when forty are sent in one instant and the last is right', async () => {
  const victim = await h.mintResident();
  const tries = Array.from({ length: 40 }, (_, n) =>
    h.app.inject({
      method: 'POST',
      url: '/api/session',
      remoteAddress: freshAddress(),
      headers: { origin: h.env.origin.origin },
      payload: { email: victim.email, password: n === 39 ? 'une phrase de voisins' : `essai numéro ${n}` },
    }),
  );
  const answers = await Promise.all(tries);
  expect(answers.filter(({ statusCode }) => statusCode === 204)).toEqual([]);
  expect(answers.at(-1)?.json().code).toBe('rate.limited');
});

test('what was typed at sign-in is kept nowhere', async () => {
  const typed = `quelqu-un-${Date.now()}@example.test`;
  await statusFrom(freshAddress(), '/session', {
    method: 'POST',
    payload: { email: typed, password: 'essai numéro un' },
  });
  const { rows } = await h.pool.query(`select count(*)::int as n from attempts where key like $1`, [`%${typed}%`]);
  expect(rows).toEqual([{ n: 0 }]);
});

test('ten wrong codes an hour from one home, whatever RATE_LIMITS says; the right one waits with the rest', async () => {
  const anotherHour = () => new Date(Date.now() + 3 * 3_600_000); // counters are the database's: other suites guess in this one
  const lifted = await openHarness({}, { clock: anotherHour });
  const residence = await lifted.mintResidence();
  const { code } = await lifted.mintInvitation(residence.id);
  const read = async (typed: string, n: number) =>
    (await lifted.app.inject({ url: `/api/invitations/${typed}`, remoteAddress: `2001:db8:aa:1::${n.toString(16)}` }))
      .statusCode;
  const wrong = Array.from({ length: 45 }, (_, n) => `0000-0000-0000-${String(n).padStart(4, '0')}`);
  const answers = await Promise.all([...wrong, code].map(read));
  expect(answers).not.toContain(200);
  expect(await read(code, 99)).toBe(429);
  const other = await lifted.app.inject({ url: `/api/invitations/${code}`, remoteAddress: '2001:db8:aa:2::1' });
  expect(other.statusCode).toBe(200);
});

test('posts: five an hour for one person, fifteen in all however many names one makes up', async () => {
  const someone = await h.mintResident();
  const write = (n: number, name: string | null) =>
    statusFrom(freshAddress(), '/posts', {
      method: 'POST',
      cookie: someone.cookie,
      payload: {
        kind: 'request',
        category: 'errands',
        title: `Un pain numéro ${n}`,
        ...(name && { onBehalfOf: { name, consent: 'spoken' } }),
      },
    });
  expect(await statuses(8, (n) => write(n, null))).toEqual({ 201: 5, 429: 3 });
  expect(await statuses(20, (n) => write(n, `Voisine ${n}`))).toEqual({ 201: 10, 429: 10 });
});

test('five open yeses at a time for one helper', async () => {
  const helper = await h.mintResident();
  const ids: string[] = [];
  for (const title of [
    'Un pain',
    'Arroser mes tomates',
    'Une ampoule',
    'Promener Médor',
    'Lire un courrier',
    'Un tabouret',
  ]) {
    const body = { kind: 'request', category: 'errands', title };
    ids.push((await h.call('POST', '/posts', { as: await h.mintResident(), body })).body.post.id);
  }
  const answers = await Promise.all(ids.map((id) => h.call('POST', `/posts/${id}/favours`, { as: helper, body: {} })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('favour.limit');
});

test('five hundred wrong codes in an hour, from wherever they come, pause every entry until the next', async () => {
  let now = Date.UTC(2031, 0, 1, 10, 20);
  const paused = await openHarness({}, { clock: () => new Date(now) });
  const { code } = await paused.mintInvitation((await paused.mintResidence()).id);
  await paused.pool.query(
    `insert into attempts (key, window_start, count) values ('code:*', '2031-01-01T10:00:00Z', 500)`,
  );
  const answer = await paused.call('GET', `/invitations/${code}`);
  expect([answer.status, answer.headers['retry-after']]).toEqual([429, '2400']);
  now += 3_600_000;
  expect((await paused.call('GET', `/invitations/${code}`)).status).toBe(200);
});
