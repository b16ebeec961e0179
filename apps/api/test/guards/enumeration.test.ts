import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../src/ids.ts';
import { openHarness } from '../harness.ts';
import { unlike } from './answers.ts';

const isNightly = process.env.NIGHTLY === '1';
const samples = isNightly ? 500 : 24;
const farthest = isNightly ? 1.15 : 1.35;
const hourMs = 3_600_000;
let sent = 0;
// Wrong codes are counted by the hour: this clock moves on before they are too many.
const clock = () => new Date(Date.now() + (400 + Math.floor(sent / 200)) * hourMs);
const h = await openHarness({}, { clock });
const home = await h.mintResidence();
const freshAddress = () => `198.51.${(sent++ >> 8) & 255}.${sent & 255}`;

type Way = { name: string; send: () => ReturnType<typeof h.call> };

/** The lower quartile of each way's times, which a busy machine moves least, taken turn by turn so that it slows all of them alike. */
const quartiles = async (ways: readonly Way[]): Promise<number[]> => {
  const times = ways.map((): number[] => []);
  for (let n = 0; n < samples; n++)
    for (const [at, way] of ways.entries()) {
      const from = performance.now();
      await way.send();
      times[at]?.push(performance.now() - from);
    }
  return times.map((each) => each.sort((a, b) => a - b)[Math.floor(each.length / 4)] ?? 0);
};

/** Statuses, bodies and headers equal; times close to each other, in the best of six rounds. */
const expectAlike = async (ways: readonly Way[], status: number) => {
  const answers = await Promise.all(ways.map((way) => way.send()));
  for (const [n, answer] of answers.entries()) {
    const first = answers[0];
    if (first) expect([ways[n]?.name, answer.status, unlike(first, answer)]).toEqual([ways[n]?.name, status, []]);
  }
  const spreads: number[] = [];
  for (let round = 0; round < 6; round++) {
    const times = await quartiles(ways);
    spreads.push(Math.max(...times) / Math.min(...times));
    if (Math.min(...spreads) < farthest) return;
  }
  expect(Math.min(...spreads), ways.map(({ name }) => name).join(', ')).toBeLessThan(farthest);
};

test('codes: no code, an unknown one, a wrong secret, an expired, a revoked and a used-up one are one and the same', {
  timeout: 900_000,
}, async () => {
  const change = async (values: Partial<typeof schema.invitations.$inferInsert>) => {
    const { id, code } = await h.mintInvitation(home.id, 'slip');
    await h.db.update(schema.invitations).set(values).where(eq(schema.invitations.id, id));
    return code;
  };
  const right = (await h.mintInvitation(home.id)).code;
  const last = right.at(-1) === 'Z' ? 'Y' : 'Z';
  const codes: Record<string, string> = {
    'no code': 'bonjour',
    unknown: '0000-0000-0000-0000',
    'wrong secret': right.slice(0, -1) + last,
    expired: await change({ expiresAt: new Date(0) }),
    revoked: await change({ revokedAt: new Date(0) }),
    'used up': await change({ usesLeft: 0 }),
  };
  const ways = Object.entries(codes).map(([name, code]) => ({
    name,
    send: () => h.call('GET', `/invitations/${code}`, { from: freshAddress() }),
  }));
  await expectAlike(ways, 404);
});

test('sign-in: an unknown address and a wrong password are one and the same', { timeout: 900_000 }, async () => {
  const someone = await h.mintAccount();
  const send = (email: () => string) => () =>
    h.call('POST', '/session', { body: { email: email(), password: 'pas le bon mot' }, from: freshAddress() });
  await expectAlike(
    [
      { name: 'known', send: send(() => someone.email) },
      { name: 'unknown', send: send(() => `${newId()}@example.test`) },
    ],
    401,
  );
});

test('reset: a confirmed, an unconfirmed and an unknown address are one and the same', {
  timeout: 900_000,
}, async () => {
  const [known, unconfirmed] = [await h.mintAccount(), await h.mintAccount()];
  await h.db.update(schema.accounts).set({ emailConfirmedAt: null }).where(eq(schema.accounts.id, unconfirmed.id));
  const send = (email: () => string) => () =>
    h.call('POST', '/password/reset', { body: { email: email() }, from: freshAddress() });
  const ways = [
    { name: 'known', send: send(() => known.email) },
    { name: 'unconfirmed', send: send(() => unconfirmed.email) },
    { name: 'unknown', send: send(() => `inconnu@example.test`) },
  ];
  await expectAlike(ways, 202);
});

test('without a valid code, entering says nothing of an address', { timeout: 900_000 }, async () => {
  const known = await h.mintAccount();
  const send = (email: string) => () =>
    h.call('POST', '/residents', {
      body: { code: '0000-0000-0000-0000', displayName: 'Nom', email, password: 'une phrase de voisins', adult: true },
      from: freshAddress(),
    });
  await expectAlike(
    [
      { name: 'known', send: send(known.email) },
      { name: 'unknown', send: send(`${newId()}@example.test`) },
    ],
    404,
  );
});

test('a post that is not yours to know, and one that never was, are one and the same', {
  timeout: 900_000,
}, async () => {
  const author = await h.mintResident({ residenceId: home.id });
  const stranger = await h.mintResident({ commune: '75056', cell: '891fb466257ffff' });
  const draft = { kind: 'request', category: 'errands', title: 'Un pain et du lait', audience: 'residence' };
  const { body } = await h.call('POST', '/posts', { as: author, body: draft });
  for (const [method, path, payload] of [
    ['GET', '', undefined],
    ['PATCH', '', { title: 'Autre chose' }],
    ['POST', '/favours', {}],
    ['POST', '/withdraw', { reason: 'solved' }],
  ] as const) {
    const send = (id: string) => () =>
      h.call(method, `/posts/${id}${path}`, { as: stranger, ...(payload && { body: payload }) });
    await expectAlike(
      [
        { name: `hidden ${method}${path}`, send: send(body.post.id) },
        { name: 'absent', send: send('01890000-0000-7000-8000-000000000000') },
      ],
      404,
    );
  }
});
