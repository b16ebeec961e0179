import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, favourRows, mintPost, openFavoursOf, postRow, wrongsOf } from '../../test/posts.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
const places = (as: Resident, postId: string, helpersNeeded: number) =>
  h.call('POST', `/posts/${postId}/places`, { as, body: { helpersNeeded } });
const say = async (as: Resident, postId: string) =>
  (await h.call('POST', `/posts/${postId}/favours`, { as, body: {} })).body.favour;

describe('the number of people a post is for', () => {
  test('is raised: whoever stands by comes in first, and the post opens for the rest', async () => {
    const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana);
    await say(ben, post.id);
    expect((await say(chloe, post.id)).state).toBe('standby');
    const { status, body } = await places(ana, post.id, 3);
    expect([status, body.post.state, body.post.helpersTaken, body.post.helpersNeeded]).toEqual([200, 'open', 2, 3]);
    expect((await favourRows(h, post.id)).map(({ state }) => state)).toEqual(['accepted', 'accepted']);
    expect((await eventsOf(h, post.id)).slice(-2)).toEqual(['post.opened', 'favour.promoted']);
    expect(await wrongsOf(h, [post.id], [ben.id, chloe.id])).toEqual([]);
  });

  test('is lowered to those who said yes: nobody else is looked for, and it is done when they are', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const [coming, done] = [await mintPost(h, ana, { helpersNeeded: 3 }), await mintPost(h, ana, { helpersNeeded: 2 })];
    await say(ben, coming.id);
    const { id } = await say(ben, done.id);
    await h.call('POST', `/favours/${id}/done`, { as: ben, body: {} });
    expect((await places(ana, coming.id, 1)).body.post.state).toBe('filled');
    expect((await places(ana, done.id, 1)).body.post.state).toBe('done');
    expect(await wrongsOf(h, [coming.id, done.id], [ben.id])).toEqual([]);
  });

  test('is its author’s, never under those who said yes, and only while the post lives', async () => {
    const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana, { helpersNeeded: 2 });
    await say(ben, post.id);
    await say(chloe, post.id);
    expect((await places(ben, post.id, 3)).status).toBe(404);
    expect((await places(ana, post.id, 1)).body.code).toBe('post.taken');
    expect((await places(ana, post.id, 21)).status).toBe(400);
    await h.call('POST', `/posts/${post.id}/withdraw`, { as: ana, body: { reason: 'solved' } });
    expect((await places(ana, post.id, 3)).body.code).toBe('post.closed');
  });

  test('twenty changes at once, and ten who answer meanwhile, leave it whole', async () => {
    const ana = await h.mintResident();
    const helpers = await Promise.all(Array.from({ length: 10 }, () => h.mintResident()));
    const post = await mintPost(h, ana);
    await Promise.all([
      ...Array.from({ length: 20 }, (_, n) => places(ana, post.id, 1 + (n % 5))),
      ...helpers.map((helper) => say(helper, post.id)),
    ]);
    expect(
      await wrongsOf(
        h,
        [post.id],
        helpers.map(({ id }) => id),
      ),
    ).toEqual([]);
    const row = await postRow(h, post.id);
    expect(row.taken).toBeLessThanOrEqual(row.helpersNeeded);
  });
});

describe('changing one’s mind', () => {
  test('three times is enough: the fourth yes of the same person is refused, with limits on', async () => {
    const limited = await openHarness({ RATE_LIMITS: 'on' });
    const [ana, ben] = [await limited.mintResident(), await limited.mintResident()];
    const post = await mintPost(limited, ana);
    const yes = () => limited.call('POST', `/posts/${post.id}/favours`, { as: ben, body: {} });
    for (let n = 0; n < 3; n++) {
      const { status, body } = await yes();
      expect(status).toBe(201);
      await limited.call('POST', `/favours/${body.favour.id}/withdraw`, { as: ben, body: { reason: 'no-time' } });
    }
    expect((await yes()).body.code).toBe('favour.repeated');
    expect(await openFavoursOf(limited, ben.id)).toBe(0);
  });
});

describe('a no-show that is excused', () => {
  test('lets whoever was absent answer again, is read by both, and is excused once among twenty', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana);
    const { id } = await say(ben, post.id);
    const excuse = (as: Resident) => h.call('POST', `/favours/${id}/excuse`, { as, body: { excuse: 'no-matter' } });
    expect((await excuse(ana)).body.code).toBe('favour.closed');
    await h.call('POST', `/favours/${id}/no-show`, { as: ana, body: { reason: 'nobody-came' } });
    expect(await say(ben, post.id)).toBeUndefined();
    expect((await excuse(ben)).body.code).toBe('role.required');
    expect((await excuse(await h.mintResident())).status).toBe(404);
    const answers = await Promise.all(Array.from({ length: 20 }, () => excuse(ana)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await h.call('GET', '/favours', { as: ben })).body.items[0]).toMatchObject({ excuse: 'no-matter' });
    expect((await say(ben, post.id)).state).toBe('accepted');
    expect(await wrongsOf(h, [post.id], [ben.id])).toEqual([]);
  });
});
