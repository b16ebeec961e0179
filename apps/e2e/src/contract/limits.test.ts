import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Answer, resident, visitor } from '../harness/caller.ts';
import { type Server, startServer } from '../harness/server.ts';

/** A second server, with its limits on. */
let server: Server;
beforeAll(async () => {
  server = await startServer(join(inject('runDir'), 'data-limits'), { RATE_LIMITS: 'on' });
});
afterAll(() => server?.stop());

const expectRefused = ({ status, headers, json }: Answer, code: string) => {
  expect([status, json.code]).toEqual([429, code]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
};

describe('limits', () => {
  it('let a session call 120 times a minute, and its neighbour at the same address go on', async () => {
    const [busy, calm] = await Promise.all([resident(21, server.origin), resident(22, server.origin)]);
    const answers: Answer[] = [];
    for (let call = 0; call < 130; call++) answers.push(await busy.get('/api/me'));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(120);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expectRefused(refused[0] as Answer, 'rate.limited');
    expect((await calm.get('/api/me')).status).toBe(200);
  });

  it('take five wrong passwords for an account, whatever address they claim to come from', async () => {
    const body = { email: 'resident-023@demo.palier.test', password: 'pas celui-là' };
    const answers: Answer[] = [];
    for (let attempt = 0; attempt < 7; attempt++)
      answers.push(
        await visitor(server.origin).post('/api/session', body, {
          headers: { 'x-forwarded-for': `192.0.2.${attempt}` },
        }),
      );
    expect(answers.slice(0, 5).map(({ json }) => json.code)).toEqual(
      Array.from({ length: 5 }, () => 'credentials.wrong'),
    );
    expectRefused(answers[6] as Answer, 'rate.limited');
  });

  it('take five requests an hour from one person, in words', async () => {
    const someone = await resident(24, server.origin);
    const ask = (number: number) =>
      someone.post('/api/posts', {
        kind: 'request',
        category: 'errands',
        title: `Du pain numéro ${number}`,
        audience: 'residence',
      });
    const answers: Answer[] = [];
    for (let number = 0; number < 6; number++) answers.push(await ask(number));
    expect(answers.slice(0, 5).every(({ status }) => status === 201 || status === 422)).toBe(true);
    expectRefused(answers[5] as Answer, 'rate.posts');
  });

  it('never hold back what says the server is alive', async () => {
    const answers = await Promise.all(Array.from({ length: 150 }, () => visitor(server.origin).get('/api/health')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
