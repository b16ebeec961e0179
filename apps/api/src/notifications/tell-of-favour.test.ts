import { schema } from '@palier/db';
import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintPost } from '../../test/posts.ts';
import type { Context } from '../context.ts';
import { jobsOfEvent } from '../jobs/of-event.ts';
import { FavourTurn, tellOfFavour } from './index.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

/** Runs the jobs that everything written of a post calls for, each of them `times` over and at once. */
const settle = async (postId: string, times = 1): Promise<void> => {
  const ctx: Context<null> = { ...h.deps, actor: null, now: new Date(), ip: '', locale: 'fr', tx: null };
  const events = await h.db
    .select()
    .from(schema.outbox)
    .where(eq(schema.outbox.postId, postId))
    .orderBy(asc(schema.outbox.id));
  for (const { queue, data } of events.flatMap(jobsOfEvent))
    if (queue === 'favours.tell')
      await Promise.all(Array.from({ length: times }, () => tellOfFavour(ctx, FavourTurn.parse(data))));
};
const scene = async () => {
  const home = await h.mintResidence();
  const [author, helper, second] = [
    await h.mintResident({ residenceId: home.id, displayName: 'Ana' }),
    await h.mintResident({ residenceId: home.id, displayName: 'Ben' }),
    await h.mintResident({ residenceId: home.id, displayName: 'Chloé' }),
  ];
  const post = await mintPost(h, author, { title: 'Du pain' });
  const accept = async (as: Resident): Promise<string> =>
    (await h.call('POST', `/posts/${post.id}/favours`, { as, body: {} })).body.favour.id;
  const act = (as: Resident, favourId: string, what: string, body: object) =>
    h.call('POST', `/favours/${favourId}/${what}`, { as, body });
  const told = async (as: Resident): Promise<string[]> => {
    await settle(post.id);
    const { items } = (await h.call('GET', '/notifications', { as })).body;
    return items.map(({ kind, title }: { kind: string; title: string }) => `${kind}: ${title}`);
  };
  return { author, helper, second, post, accept, act, told };
};

test('whoever wrote the post hears that somebody said yes, once, and the one who did hears nothing', async () => {
  const { author, helper, post, accept, told } = await scene();
  const favourId = await accept(helper);
  await settle(post.id, 10);
  expect([await told(author), await told(helper)]).toEqual([['answered: Ben a dit oui'], []]);
  const { items } = (await h.call('GET', '/notifications', { as: author })).body;
  expect(items[0]).toMatchObject({
    text: '«\u00a0Du pain\u00a0»\u00a0: il reste à vous mettre d’accord.',
    href: '/coups-de-main',
    favour: { id: favourId, postId: post.id, side: 'beneficiary', state: 'accepted' },
    post: null,
  });
});

test('when a place is given back, its author hears it, and that whoever stood by was promoted; so does the promoted', async () => {
  const { author, helper, second, accept, act, told } = await scene();
  const first = await accept(helper);
  await accept(second);
  expect(await told(author)).toEqual(['answered: Ben a dit oui']);
  await act(helper, first, 'withdraw', { reason: 'unwell' });
  expect((await told(author)).sort()).toEqual([
    'answered: Ben ne peut finalement pas',
    'answered: Chloé a dit oui',
    'outcome: Ben ne peut finalement pas',
  ]);
  expect([await told(helper), await told(second)]).toEqual([[], ['outcome: La place est à vous']]);
});

test('done, then thanked: each side hears of the other’s gesture and never of its own', async () => {
  const { author, helper, accept, act, told } = await scene();
  const favourId = await accept(helper);
  await told(author);
  await act(author, favourId, 'done', {});
  expect(await told(helper)).toEqual(['outcome: C’est fait, merci\u202f!']);
  await act(author, favourId, 'thank', { text: 'Merci mille fois' });
  expect(await told(helper)).toEqual(['outcome: Ana vous remercie', 'outcome: Ana vous remercie']);
  expect(await told(author)).toEqual(['answered: C’est fait']);
});

test('declined, missed, or closed under them: whoever answered hears it', async () => {
  for (const [what, body, title] of [
    ['decline', { reason: 'not-this-time' }, 'Ce sera pour une autre fois'],
    ['no-show', { reason: 'nobody-came' }, 'Un rendez-vous manqué'],
  ] as const) {
    const { author, helper, accept, act, told } = await scene();
    await act(author, await accept(helper), what, body);
    expect(await told(helper)).toEqual([`outcome: ${title}`]);
  }
  const { author, helper, post, accept, told } = await scene();
  await accept(helper);
  await h.call('POST', `/posts/${post.id}/withdraw`, { as: author, body: { reason: 'solved' } });
  expect(await told(helper)).toEqual(['outcome: Plus besoin de vous cette fois']);
});

test('a block releases: the other hears that it will not take place, and from whom no more', async () => {
  const { author, helper, accept, told } = await scene();
  await accept(helper);
  await h.call('POST', `/blocks/${helper.id}`, { as: author });
  expect(await told(helper)).toEqual(['outcome: Plus besoin de vous cette fois']);
  const { items } = (await h.call('GET', '/notifications', { as: helper })).body;
  expect(JSON.stringify(items)).not.toContain('Ana');
});
