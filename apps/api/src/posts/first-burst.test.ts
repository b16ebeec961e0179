import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';

// Ten connections in the pool: thirty calls under keys each hold one, and a second for any of them would never come.
const h = await openHarness();

test('thirty first posts at once in a process that knows no place yet are all taken, none by waiting out a connection', async () => {
  const authors = await Promise.all(Array.from({ length: 30 }, () => h.mintResident()));
  const startMs = performance.now();
  const answers = await Promise.all(
    authors.map((as, n) =>
      h.call('POST', '/posts', {
        as,
        headers: { 'idempotency-key': randomUUID() },
        body: { kind: 'request', category: 'errands', title: `Du pain ${'b'.repeat(n + 1)}`, audience: 'residence' },
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(authors.map(() => 201));
  expect(performance.now() - startMs).toBeLessThan(10_000);
});
