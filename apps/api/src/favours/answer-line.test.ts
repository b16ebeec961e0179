import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { favourRows, mintPost, wrongsOf } from '../../test/posts.ts';
import { AppError } from '../errors.ts';
import { Round } from './answer-line.ts';

const h = await openHarness();

describe('a round', () => {
  test('lets one try after the other, in the order in which they asked; a refusal stops nobody', async () => {
    const round = new Round();
    const log: string[] = [];
    const attempt = (name: string, refusal?: AppError) => async (): Promise<string> => {
      log.push(`${name} begins`);
      await nextTurn();
      log.push(`${name} ends`);
      if (refusal) throw refusal;
      return name;
    };
    const tries = await Promise.allSettled([
      round.inTurn(attempt('a')),
      round.inTurn(attempt('b', new AppError('favour.limit'))),
      round.inTurn(attempt('c')),
    ]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(tries.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('in which the database does not answer is over for all who wait', async () => {
    const round = new Round();
    const broken = new Error('gone');
    let begun = 0;
    const tries = await Promise.allSettled([
      round.inTurn(async () => {
        throw broken;
      }),
      round.inTurn(async () => {
        begun += 1;
      }),
    ]);
    expect(tries).toEqual([
      { status: 'rejected', reason: broken },
      { status: 'rejected', reason: broken },
    ]);
    expect(begun).toBe(0);
  });
});

test('calls with a key, which have a transaction of their own, and calls without race for the same places', async () => {
  const ana = await h.mintResident();
  const crowd = await Promise.all(Array.from({ length: 16 }, () => h.mintResident()));
  for (let race = 0; race < 10; race += 1) {
    const post = await mintPost(h, ana, { helpersNeeded: 2 });
    const answers = await Promise.all(
      crowd.map((as, n) =>
        h.call('POST', `/posts/${post.id}/favours`, {
          as,
          body: {},
          ...(n % 2 && { headers: { 'idempotency-key': `race-${race}` } }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(3).fill(201), ...Array(13).fill(409)]);
    expect((await favourRows(h, post.id)).map(({ state }) => state).sort()).toEqual([
      'accepted',
      'accepted',
      'standby',
    ]);
    expect(await wrongsOf(h, [post.id], [])).toEqual([]);
  }
}, 30_000);
