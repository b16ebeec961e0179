import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { favourRows, mintPost, openFavoursOf, postRow, wrongsOf } from '../../test/posts.ts';
import type { Context } from '../context.ts';
import { expirePosts } from './expire-posts.ts';

const h = await openHarness({}, {}, undefined, true); // its jobs act on every post there is
const dayMs = 86_400_000;
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

const moves = [
  'accept',
  'accept',
  'accept',
  'leave',
  'decline',
  'done',
  'no-show',
  'withdraw',
  'edit',
  'expire',
  'block',
  'unblock',
] as const;
type Move = { move: (typeof moves)[number]; who: number; delay: number };

const moment = (now: Date): Context<unknown> => ({ ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null });

const histories = fc.record({
  kind: fc.constantFrom('request' as const, 'offer' as const),
  helpersNeeded: fc.integer({ min: 1, max: 3 }),
  rounds: fc.array(
    fc.array(fc.record<Move>({ move: fc.constantFrom(...moves), who: fc.nat({ max: 3 }), delay: fc.nat({ max: 3 }) }), {
      minLength: 1,
      maxLength: 7,
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** Answers that the rules give; anything else (a 5xx above all) fails. */
const fair = new Set([200, 201, 204, 403, 404, 409]);

test('whatever is done at once to a post, it ends in a legal state: places, standby and helpers’ counts right', async () => {
  const residence = await h.mintResidence();
  const crowd = await Promise.all(
    Array.from({ length: 5 }, () => h.mintResident({ residenceId: residence.id, stairId: null })),
  );
  const [author, ...others] = crowd as [Resident, ...Resident[]];
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(histories, async ({ kind, helpersNeeded, rounds }) => {
      const post = await mintPost(h, author, { kind, helpersNeeded });
      const act = async ({ move, who, delay }: Move): Promise<number> => {
        for (let n = 0; n < delay; n++) await h.pool.query('select');
        const one = others[who] as Resident;
        const own = (await favourRows(h, post.id)).filter(({ acceptedBy }) => acceptedBy === one.id).at(-1);
        const onFavour = async (as: Resident, path: string, body: object) =>
          own ? (await h.call('POST', `/favours/${own.id}/${path}`, { as, body })).status : 404;
        switch (move) {
          case 'accept': {
            const { status } = await h.call('POST', `/posts/${post.id}/favours`, { as: one, body: {} });
            if (status === 201) accepted++;
            return status;
          }
          case 'leave':
            return onFavour(one, 'withdraw', { reason: 'no-time' });
          case 'decline':
            return onFavour(author, 'decline', { reason: 'other' });
          case 'done':
            return onFavour(one, 'done', {});
          case 'no-show':
            return onFavour(author, 'no-show', { reason: 'nobody-came' });
          case 'withdraw':
            return who === 0
              ? (await h.call('POST', `/posts/${post.id}/withdraw`, { as: author, body: { reason: 'solved' } })).status
              : 409;
          case 'edit':
            return (
              await h.call('PATCH', `/posts/${post.id}`, {
                as: author,
                body: { helpersNeeded: 1 + who, audience: who % 2 ? 'residence' : 'neighbourhood' },
              })
            ).status;
          case 'expire': {
            await expirePosts(moment(new Date(Date.now() + (who === 0 ? 10 : who === 1 ? 2 : 0) * dayMs)));
            return 200;
          }
          case 'block':
            return (await h.call('POST', `/blocks/${one.id}`, { as: author })).status;
          default:
            return (await h.call('DELETE', `/blocks/${one.id}`, { as: author })).status;
        }
      };
      for (const round of rounds) {
        const statuses = await Promise.all(round.map(act));
        expect(statuses.filter((status) => !fair.has(status))).toEqual([]);
        expect(await wrongsOf(h, [post.id], [])).toEqual([]);
      }
      await Promise.all(others.map(({ id }) => h.call('DELETE', `/blocks/${id}`, { as: author })));
      await h.call('POST', `/posts/${post.id}/withdraw`, { as: author, body: { reason: 'other' } });
      expect(await wrongsOf(h, [post.id], [])).toEqual([]);
      expect(['done', 'withdrawn', 'expired']).toContain((await postRow(h, post.id)).state);
      for (const { id } of others) expect(await openFavoursOf(h, id)).toBe(0);
    }),
    { numRuns: 60 },
  );
  expect(accepted).toBeGreaterThan(25);
}, 120_000);
