import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, mintPost, postRow } from '../../test/posts.ts';

const dayMs = 86_400_000;
const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
const need = (as: Resident, postId: string) => h.call('POST', `/posts/${postId}/still-needed`, { as, body: {} });

describe('still needed', () => {
  test('a post without a date lives on, and its author is asked again halfway', async () => {
    const ana = await h.mintResident();
    const post = await mintPost(h, ana);
    await h.db.insert(schema.tellings).values({ postId: post.id, openedAt: new Date(), chasedAt: new Date() });
    const before = Date.now();
    expect((await need(ana, post.id)).status).toBe(200);
    const left = (await postRow(h, post.id)).expiresAt.getTime() - before;
    expect(Math.round(left / dayMs)).toBe(14);
    const [telling] = await h.db.select().from(schema.tellings).where(eq(schema.tellings.postId, post.id));
    expect(telling?.chasedAt).toBeNull();
    expect(Math.round(((telling?.chaseAt?.getTime() ?? 0) - before) / dayMs)).toBe(7);
    expect(await eventsOf(h, post.id)).toEqual(['post.changed']);
  });

  test('one with a date keeps it; it is its author’s, while it is open', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const windowTo = new Date(Date.now() + dayMs);
    const dated = await mintPost(h, ana, { windowFrom: new Date(), windowTo, expiresAt: windowTo });
    expect((await need(ana, dated.id)).body.post.expiresAt).toBe(windowTo.toISOString());
    expect((await need(ben, dated.id)).status).toBe(404);
    await h.call('POST', `/posts/${dated.id}/favours`, { as: ben, body: {} });
    expect((await need(ana, dated.id)).body.code).toBe('post.closed');
  });

  test('twenty at once, it lives as long as once', async () => {
    const ana = await h.mintResident();
    const post = await mintPost(h, ana);
    const answers = await Promise.all(Array.from({ length: 20 }, () => need(ana, post.id)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect((await postRow(h, post.id)).expiresAt.getTime()).toBeLessThan(Date.now() + 14 * dayMs + 1_000);
  });
});

describe('my own posts', () => {
  test('are all there, however far, page after page, answered or not, living or ended', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const made = [];
    for (let n = 0; n < 7; n++) made.push(await mintPost(h, ana, { createdAt: new Date(Date.now() - n * 1_000) }));
    await h.call('POST', `/posts/${made[0]?.id}/favours`, { as: ben, body: {} });
    await h.call('POST', `/posts/${made[1]?.id}/withdraw`, { as: ana, body: { reason: 'mistake' } });
    const list = async (as: Resident, query: string) => (await h.call('GET', `/me/posts?${query}`, { as })).body;
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page = await list(
        ana,
        `live=true&answered=false&limit=2${next ? `&cursor=${encodeURIComponent(next)}` : ''}`,
      );
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      next = page.next;
    } while (next);
    expect(seen).toEqual(made.slice(2).map(({ id }) => id));
    expect((await list(ana, 'answered=true')).items.map(({ id }: { id: string }) => id)).toEqual([made[0]?.id]);
    expect((await list(ana, 'live=false')).items[0]).toMatchObject({ mine: true, endReason: 'mistake' });
    expect((await list(ben, '')).items).toEqual([]);
    expect((await list(ana, 'cursor=faux')).code).toBe('cursor.invalid');
  });
});

test('a new name is told wherever the old one is shown, and only then', async () => {
  const [ana, ben] = [await h.mintResident({ displayName: 'Ana' }), await h.mintResident()];
  const [open, taken] = [await mintPost(h, ana), await mintPost(h, ana)];
  await h.call('POST', `/posts/${taken.id}/favours`, { as: ben, body: {} });
  const before = (await eventsOf(h, taken.id)).length;
  await h.call('PATCH', '/me', { as: ana, body: { displayName: 'Ana' } });
  expect(await eventsOf(h, open.id)).toEqual([]);
  await h.call('PATCH', '/me', { as: ana, body: { displayName: 'Anouk' } });
  expect(await eventsOf(h, open.id)).toEqual(['post.changed']);
  expect((await eventsOf(h, taken.id)).slice(before)).toEqual(['favour.renamed']);
});
