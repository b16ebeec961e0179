import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, favourRows, mintPost, openFavoursOf, postRow, wrongsOf } from '../../test/posts.ts';
import { newId } from '../ids.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

const read = (as: Resident, postId: string) => h.call('GET', `/posts/${postId}`, { as });
const edit = (as: Resident, postId: string, body: object) => h.call('PATCH', `/posts/${postId}`, { as, body });
const withdraw = (as: Resident, postId: string, reason = 'solved') =>
  h.call('POST', `/posts/${postId}/withdraw`, { as, body: { reason } });
const accept = async (as: Resident, postId: string): Promise<string> =>
  (await h.call('POST', `/posts/${postId}/favours`, { as, body: {} })).body.favour.id;
const auditOf = (id: string) => h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, id));

describe('reading a post', () => {
  test('whole to whoever its audience holds, with the head of the stream; what concerns its author is the author’s', async () => {
    const [ana, ben] = [await h.mintResident({ displayName: 'Ana' }), await h.mintResident()];
    const post = await mintPost(h, ana, { details: 'Tout est dit.', hall: true });
    const theirs = await read(ben, post.id);
    expect(theirs.status).toBe(200);
    expect(theirs.headers['palier-seq']).toMatch(/^\d+$/);
    expect(theirs.body.post).toMatchObject({
      details: 'Tout est dit.',
      mine: false,
      hall: null,
      onBehalfName: null,
      myFavour: null,
      place: { nearness: 'within-250' },
    });
    expect((await read(ana, post.id)).body.post).toMatchObject({
      mine: true,
      hall: true,
      place: { nearness: 'same-stair' },
    });
    expect(theirs.text).not.toContain('46.333');
    expect(theirs.text).not.toContain('Tilleuls');
  });

  test('the name of whoever it is for is read by the author and the accepted helper alone', async () => {
    const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana, { onBehalf: true });
    await h.db
      .insert(schema.postBeneficiaries)
      .values({ postId: post.id, name: 'Mme Roux', consent: 'spoken', givenAt: new Date() });
    const named = async (who: Resident) => (await read(who, post.id)).body.post.onBehalfName;
    const favourId = await accept(ben, post.id);
    await accept(chloe, post.id);
    expect([await named(ana), await named(ben), await named(chloe)]).toEqual(['Mme Roux', 'Mme Roux', null]);
    expect((await read(ben, post.id)).body.post.myFavour).toEqual({ id: favourId, state: 'accepted' });
    await h.call('POST', `/favours/${favourId}/withdraw`, { as: ben, body: { reason: 'no-time' } });
    expect([await named(ben), await named(chloe)]).toEqual([null, 'Mme Roux']);
  });

  test('out of sight and of nobody are absent alike; whoever answered once still reads it', async () => {
    const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana);
    await accept(ben, post.id);
    await h.db.update(schema.posts).set({ audience: 'stair' }).where(eq(schema.posts.id, post.id));
    const [absent, hidden] = [await read(chloe, newId()), await read(chloe, post.id)];
    expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
    expect((await read(ben, post.id)).status).toBe(200);
    expect((await h.call('GET', `/posts/${post.id}`)).status).toBe(401);
  });
});

describe('editing a post', () => {
  test('changes what was sent, screens it again, tells the stream', async () => {
    const ana = await h.mintResident();
    const post = await mintPost(h, ana);
    const window = {
      from: new Date(Date.now() + 3_600_000).toISOString(),
      to: new Date(Date.now() + 7_200_000).toISOString(),
    };
    const { status, body } = await edit(ana, post.id, {
      title: 'Deux cartons',
      window,
      urgent: true,
      helpersNeeded: 2,
    });
    expect(status).toBe(200);
    expect(body.post).toMatchObject({
      title: 'Deux cartons',
      window,
      urgent: true,
      helpersNeeded: 2,
      expiresAt: window.to,
      category: 'errands',
    });
    const again = await edit(ana, post.id, { urgent: true, window: null });
    expect(again.body.post.window).toBeNull();
    expect((await postRow(h, post.id)).urgentUntil?.getTime()).toBeLessThanOrEqual(
      Date.parse(body.post.updatedAt) + 7_200_000,
    );
    expect(await eventsOf(h, post.id)).toEqual(['post.edited', 'post.edited']);
    expect(await auditOf(post.id)).toMatchObject([{ action: 'post.edit' }, { action: 'post.edit' }]);
    for (const [code, change] of [
      ['post.payment', { details: 'Je paie 20 euros de l’heure' }],
      ['post.contact', { title: 'Appelez le 06 12 34 56 78' }],
      ['post.emergency', { title: 'Mon père est tombé, il ne se relève plus' }],
      ['post.window', { window: { from: '2024-01-01T00:00:00Z', to: '2024-01-02T00:00:00Z' } }],
    ] as const)
      expect((await edit(ana, post.id, change)).body.code).toBe(code);
  });

  test('a held post opens once what held it is gone; an open one is not held back again', async () => {
    const fresh = await h.mintResident({ daysAgo: 1 });
    const { body } = await h.call('POST', '/posts', {
      as: fresh,
      body: { kind: 'request', category: 'digital', title: 'Installer un logiciel', details: 'https://exemple.org' },
    });
    const { id } = body.post;
    expect((await edit(fresh, id, { audience: 'commune' })).body.post.state).toBe('held');
    expect((await edit(fresh, id, { details: 'Sans lien' })).body.post.state).toBe('open');
    expect((await edit(fresh, id, { details: 'https://exemple.org' })).body.code).toBe('post.held');
    expect(await eventsOf(h, id)).toEqual(['post.held', 'post.held', 'post.opened']);
  });

  test('is its author’s alone, and refused once somebody said yes or it ended', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana, { helpersNeeded: 2 });
    expect((await edit(ben, post.id, { title: 'Le mien' })).status).toBe(404);
    expect((await edit(ana, post.id, { state: 'done' })).status).toBe(400);
    await accept(ben, post.id);
    expect((await edit(ana, post.id, { title: 'Trop tard' })).body.code).toBe('post.taken');
    await withdraw(ana, post.id);
    expect((await edit(ana, post.id, { title: 'Trop tard' })).body.code).toBe('post.closed');
    const noStair = await h.mintResident({ stairId: null });
    expect((await edit(noStair, (await mintPost(h, noStair)).id, { audience: 'stair' })).body.code).toBe(
      'stair.unknown',
    );
  });

  test('twenty at once all count, one after the other', async () => {
    const ana = await h.mintResident();
    const post = await mintPost(h, ana);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        edit(ana, post.id, n % 2 ? { title: `Titre ${n}` } : { details: `Détails ${n}` }),
      ),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await postRow(h, post.id)).toMatchObject({
      title: expect.stringMatching(/^Titre \d*[13579]$/),
      details: expect.stringMatching(/^Détails \d*[02468]$/),
    });
    expect(await auditOf(post.id)).toHaveLength(20);
  });
});

describe('withdrawing a post', () => {
  test('releases whoever said yes and whoever stood by, and everyone hears', async () => {
    const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana);
    await accept(ben, post.id);
    await accept(chloe, post.id);
    const { status, body } = await withdraw(ana, post.id, 'changed-mind');
    expect([status, body.post.state, body.post.endReason]).toEqual([200, 'withdrawn', 'changed-mind']);
    expect((await favourRows(h, post.id)).map(({ state }) => state)).toEqual(['released', 'released']);
    expect([await openFavoursOf(h, ben.id), await openFavoursOf(h, chloe.id)]).toEqual([0, 0]);
    expect((await eventsOf(h, post.id)).slice(3)).toEqual(['post.closed', 'favour.released', 'favour.released']);
    expect(await wrongsOf(h, [post.id], [ben.id, chloe.id])).toEqual([]);
    expect(await auditOf(post.id)).toMatchObject([{ action: 'post.withdraw', reason: 'changed-mind' }]);
  });

  test('is its author’s alone, and happens once among twenty', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana);
    expect((await withdraw(ben, post.id)).status).toBe(404);
    expect((await withdraw(ana, post.id, 'unwell')).status).toBe(400);
    const answers = await Promise.all(Array.from({ length: 20 }, () => withdraw(ana, post.id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'post.closed')).toHaveLength(19);
  });
});
