import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { dayMs, minuteMs, openMatching } from '../../test/matching.ts';
import { mintReferent, welcomeNeighbour } from '../../test/offline.ts';
import { eventsOf, mintPost, postRow } from '../../test/posts.ts';
import { expirePosts } from '../posts/index.ts';
import { endMatching, matchPost, tellDue } from './index.ts';

const noon = '2026-11-10T11:00:00Z';
const m = await openMatching(noon, true); // its jobs act on every post there is
const { h, mint } = m;
beforeEach(() => m.at(noon));

type Change = Parameters<typeof mintPost>[2];
const later = (days: number) => new Date(new Date(noon).getTime() + days * dayMs);

/** A post of somebody's, matched, with whoever said yes to it. */
const scene = async (change: Change, answers = 0) => {
  const author = await mint();
  const post = await mintPost(h, author, { createdAt: m.now(), expiresAt: later(4), ...change });
  await matchPost(m.job(), { postId: post.id });
  const { id: postId } = post;
  const favours = [];
  for (let n = 0; n < answers; n++) {
    const as = await mint({ residenceId: author.residenceId });
    favours.push((await h.call('POST', `/posts/${postId}/favours`, { as, body: {} })).body.favour.id as string);
  }
  const call = (what: string, body: object = {}) => h.call('POST', `/posts/${postId}/${what}`, { as: author, body });
  const isAsked = async () => (await h.call('GET', `/posts/${postId}/reach`, { as: author })).body.asked;
  const { notifications } = schema;
  const told = async (kind: 'still-needed' | 'expired') => {
    const mine = and(eq(notifications.accountId, author.accountId), eq(notifications.kind, kind));
    const found = (await h.db.select().from(notifications).where(mine)).filter((row) => row.postId === postId);
    const { body } = await h.call('GET', '/notifications', { as: author });
    const read = body.items.find((item: { kind: string }) => item.kind === kind);
    return { times: found.length, title: read?.title?.replaceAll('\u202f', ' '), text: read?.text };
  };
  return { author, postId, favours, call, isAsked, told };
};

describe('an author is asked halfway to the end', () => {
  test('whether a request that nobody answered is still needed, once and by day', async () => {
    const { postId, told, isAsked } = await scene({});
    await m.at(later(2).getTime() - minuteMs);
    await tellDue(m.job());
    expect([(await told('still-needed')).times, await isAsked()]).toEqual([0, false]);
    await m.at('2026-11-12T23:00:00Z');
    await tellDue(m.job());
    expect((await told('still-needed')).times).toBe(0);
    await m.at('2026-11-13T07:00:00Z');
    await Promise.all(Array.from({ length: 5 }, () => tellDue(m.job())));
    expect(await told('still-needed')).toMatchObject({ times: 1, title: 'Toujours besoin d’un coup de main ?' });
    expect(await isAsked()).toBe(true);
    expect((await eventsOf(h, postId)).at(-1)).toBe('post.reached'); // their open page asks too
  });

  test('whether the places left of a half-filled request still look for somebody', async () => {
    const { postId, told, isAsked, call, favours } = await scene({ helpersNeeded: 3 }, 1);
    await m.at(later(2.1));
    await tellDue(m.job());
    expect(await told('still-needed')).toMatchObject({ times: 1, title: 'Encore besoin d’autres voisins ?' });
    expect((await call('places', { helpersNeeded: 1 })).status).toBe(200); // complete as it is
    expect([(await postRow(h, postId)).state, await isAsked()]).toEqual(['filled', false]);
    const [favour] = await h.db.select().from(schema.favours).where(eq(schema.favours.postId, postId));
    expect(favour).toMatchObject({ id: favours[0], state: 'accepted' });
    expect(await told('still-needed')).toMatchObject({ title: 'Votre annonce a avancé' });
  });

  test('whether an offer is still offered, taken by somebody or not; one that is soon over is left in peace', async () => {
    const [free, shared, brief] = [
      await scene({ kind: 'offer', expiresAt: later(16) }),
      await scene({ kind: 'offer', expiresAt: later(16), helpersNeeded: 3 }, 1),
      await scene({ kind: 'offer', expiresAt: later(13) }),
    ];
    await m.at(later(8.1));
    await tellDue(m.job());
    for (const { told } of [free, shared])
      expect(await told('still-needed')).toMatchObject({ times: 1, title: 'Toujours proposé ?' });
    expect([(await brief.told('still-needed')).times, await brief.isAsked()]).toEqual([0, false]);
    expect((await free.call('still-needed')).status).toBe(200);
    expect((await postRow(h, free.postId)).expiresAt).toEqual(later(8.1 + 60));
    expect(await free.isAsked()).toBe(false);
    expect(await free.told('still-needed')).toMatchObject({ title: 'Votre annonce a avancé' });
  });

  test('and again halfway from the day they said yes, not at once, whatever word they change', async () => {
    const { postId, told, call, author } = await scene({});
    await m.at(later(2.1));
    await tellDue(m.job());
    const { body } = await call('still-needed');
    const again = (m.now().getTime() + Date.parse(body.post.expiresAt)) / 2;
    await h.call('PATCH', `/posts/${postId}`, { as: author, body: { title: 'Porter deux cartons' } });
    await matchPost(m.job(), { postId });
    for (const [instant, times] of [
      [m.now(), 1],
      [again - minuteMs, 1],
      [again + minuteMs, 2],
    ] as const) {
      await m.at(instant);
      await tellDue(m.job());
      expect((await told('still-needed')).times).toBe(times);
    }
  });

  test('to widen is to say yes; one with a date keeps it, and is asked about no more', async () => {
    const [free, dated] = [await scene({}), await scene({ windowFrom: later(3), windowTo: later(4) })];
    await m.at(later(2.1));
    await tellDue(m.job());
    expect(await dated.isAsked()).toBe(true);
    expect((await free.call('widen')).body).toMatchObject({ asked: false });
    expect((await postRow(h, free.postId)).expiresAt).toEqual(later(2.1 + 14));
    expect((await dated.call('still-needed')).status).toBe(200);
    expect([await dated.isAsked(), (await postRow(h, dated.postId)).expiresAt]).toEqual([false, later(4)]);
    await m.at(later(3.5));
    await tellDue(m.job());
    expect((await dated.told('still-needed')).times).toBe(1);
  });
});

describe('a post that came to its end tells its author how', () => {
  const end = async (postId: string, days: number) => {
    await m.at(later(days));
    await expirePosts(m.job());
    for (let n = 0; n < 2; n++) await endMatching(m.job(), { postId });
    const { state, endReason } = await postRow(h, postId);
    return [state, endReason];
  };

  test('kindly, in words for a request and for an offer', async () => {
    const [request, offer] = [await scene({}), await scene({ kind: 'offer', category: 'garden' })];
    expect(await end(request.postId, 4.1)).toEqual(['expired', 'no-answer']);
    expect(await end(offer.postId, 4.1)).toEqual(['expired', 'no-answer']);
    const title = 'Votre annonce est arrivée à son terme';
    expect(await request.told('expired')).toMatchObject({ times: 1, title });
    expect(await offer.told('expired')).toMatchObject({ times: 1, title: 'Votre offre est arrivée à son terme' });
    expect((await offer.told('expired')).text).toContain('Merci de l’avoir proposée');
  });

  test('one that nobody examined says so', async () => {
    const held = await scene({ state: 'held' });
    expect(await end(held.postId, 4.1)).toEqual(['expired', 'not-examined']);
    expect((await held.told('expired')).text).toContain('n’a pas pu être relue à temps');
  });

  test('a half-filled one looks for nobody else, keeps who said yes, and says that nothing changes', async () => {
    const { postId, told, favours } = await scene({ helpersNeeded: 3 }, 1);
    const state = async () =>
      (await h.db.select().from(schema.favours).where(eq(schema.favours.postId, postId))).map((one) => one.state);
    expect(await end(postId, 4.1)).toEqual(['filled', null]);
    expect([favours.length, await state()]).toEqual([1, ['accepted']]);
    expect(await told('expired')).toMatchObject({ times: 1, title: 'Nous ne cherchons plus d’autres voisins' });
    const [entry] = await h.db
      .select()
      .from(schema.audit)
      .where(and(eq(schema.audit.subjectId, postId), eq(schema.audit.action, 'post.fill')));
    expect(entry?.reason).toBe('no-answer');
    expect(await end(postId, 18)).toEqual(['filled', null]);
    expect(await end(postId, 18.2)).toEqual(['expired', 'date-passed']);
    expect(await state()).toEqual(['released']);
    expect((await told('expired')).text).toContain('quelqu’un avait dit oui');
  });
});

test('for an author without internet the referents of the residence hear that something waits, and that it is over, once each and without a name', async () => {
  const home = await h.mintResidence();
  const [referent, other] = [await mintReferent(h, home.id), await mintReferent(h, (await h.mintResidence()).id)];
  const { id } = await welcomeNeighbour(h, referent, home.id);
  const author = { id, residenceId: home.id, stairId: null };
  const { id: postId } = await mintPost(h, author, { createdAt: m.now(), expiresAt: later(4), title: 'Du pain' });
  await matchPost(m.job(), { postId });
  const heard = async (as: typeof referent) =>
    (await h.call('GET', '/notifications', { as })).body.items.map(({ title, href }: Record<string, string>) => [
      title,
      href,
    ]);
  await m.at(later(2.1));
  for (let n = 0; n < 2; n++) await tellDue(m.job());
  const waits = ['Un voisin sans internet attend une réponse', '/bureau/sans-internet'];
  expect(await heard(referent)).toEqual([waits]);
  await m.at(later(4.1));
  await expirePosts(m.job());
  for (let n = 0; n < 2; n++) await endMatching(m.job(), { postId });
  expect(await heard(referent)).toEqual([['Une annonce d’un voisin sans internet a pris fin', waits[1]], waits]);
  expect(await heard(other)).toEqual([]);
});
