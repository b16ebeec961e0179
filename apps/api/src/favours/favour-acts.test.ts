import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, favourRows, mintPost, openFavoursOf, postRow, wrongsOf } from '../../test/posts.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
type Act = 'withdraw' | 'decline' | 'done' | 'no-show' | 'thank';

const bodies: Record<Act, object> = {
  withdraw: { reason: 'unwell' },
  decline: { reason: 'not-this-time' },
  done: { minutes: 45 },
  'no-show': { reason: 'nobody-came' },
  thank: { text: 'Merci mille fois !' },
};
const act = (as: { cookie: string } | undefined, favourId: string, which: Act, body: object = bodies[which]) =>
  h.call('POST', `/favours/${favourId}/${which}`, { as, body });

/** An author, a helper with the place, one who stands by if wanted, and a stranger. */
const scene = async ({
  kind = 'request',
  helpersNeeded = 1,
  standby = false,
}: {
  kind?: 'request' | 'offer';
  helpersNeeded?: number;
  standby?: boolean;
} = {}) => {
  const residence = await h.mintResidence();
  const mint = () => h.mintResident({ residenceId: residence.id, stairId: null });
  const [author, helper, second, stranger] = (await Promise.all([mint(), mint(), mint(), mint()])) as [
    Resident,
    Resident,
    Resident,
    Resident,
  ];
  const post = await mintPost(h, author, { kind, helpersNeeded });
  const accept = async (who: Resident): Promise<string> =>
    (await h.call('POST', `/posts/${post.id}/favours`, { as: who, body: {} })).body.favour.id;
  const favourId = await accept(helper);
  const standbyId = standby ? await accept(second) : '';
  const wrongs = () => wrongsOf(h, [post.id], [author.id, helper.id, second.id, stranger.id]);
  return { author, helper, second, stranger, post, favourId, standbyId, accept, wrongs };
};

describe.each(['withdraw', 'decline', 'no-show'] as const)('%s', (which) => {
  const doer = (s: { author: Resident; helper: Resident }) => (which === 'withdraw' ? s.helper : s.author);
  const becomes = { withdraw: 'withdrawn', decline: 'declined', 'no-show': 'no-show' }[which];
  const word = `favour.${which === 'no-show' ? 'no-show:beneficiary' : becomes}`;

  test('the place opens again and the helper is free', async () => {
    const s = await scene();
    const { status, body } = await act(doer(s), s.favourId, which);
    expect([status, body.favour.state, body.favour.reason, body.favour.other.residence]).toEqual([
      200,
      becomes,
      Object.values(bodies[which])[0],
      null,
    ]);
    expect(await postRow(h, s.post.id)).toMatchObject({ state: 'open', taken: 0 });
    expect(await openFavoursOf(h, s.helper.id)).toBe(0);
    expect((await eventsOf(h, s.post.id)).slice(2)).toEqual(['post.opened', word]);
    const [entry] = await h.db
      .select()
      .from(schema.audit)
      .where(eq(schema.audit.subjectId, s.favourId))
      .orderBy(schema.audit.id)
      .offset(1);
    expect(entry).toMatchObject({
      action: `favour.${which}`,
      actorId: doer(s).accountId,
      reason: Object.values(bodies[which])[0],
    });
    expect(await s.wrongs()).toEqual([]);
  });

  test('whoever stands by takes the place in the same breath', async () => {
    const s = await scene({ standby: true });
    await act(doer(s), s.favourId, which);
    expect(await postRow(h, s.post.id)).toMatchObject({ state: 'filled', taken: 1 });
    const [promoted] = (await favourRows(h, s.post.id)).filter(({ id }) => id === s.standbyId);
    expect(promoted?.state).toBe('accepted');
    expect((await eventsOf(h, s.post.id)).slice(3)).toEqual([word, 'favour.promoted']);
    expect(await openFavoursOf(h, s.second.id)).toBe(1);
    expect(await s.wrongs()).toEqual([]);
  });

  test('one place of two frees while the other is kept', async () => {
    const s = await scene({ helpersNeeded: 2 });
    await act(doer(s), s.favourId, which);
    expect(await postRow(h, s.post.id)).toMatchObject({ state: 'open', taken: 0 });
    expect((await eventsOf(h, s.post.id)).slice(2)).toEqual(['post.changed', word]);
    expect(await s.wrongs()).toEqual([]);
  });

  test('a stranger finds nothing, a visitor must sign in, and a reason of another list is refused', async () => {
    const s = await scene();
    expect((await act(s.stranger, s.favourId, which)).status).toBe(404);
    expect((await act(undefined, s.favourId, which)).status).toBe(401);
    expect((await act(doer(s), s.favourId, which, { reason: 'solved' })).status).toBe(400);
    if (which !== 'no-show')
      expect((await act(which === 'withdraw' ? s.author : s.helper, s.favourId, which)).body.code).toBe(
        'role.required',
      );
    expect(await s.wrongs()).toEqual([]);
  });

  test('what has ended does not end again', async () => {
    const s = await scene();
    await act(s.author, s.favourId, 'done');
    const { status, body } = await act(doer(s), s.favourId, which);
    expect([status, body.code]).toEqual([409, 'favour.closed']);
  });

  test('twenty at once, it happens once', async () => {
    const s = await scene({ standby: true });
    const answers = await Promise.all(Array.from({ length: 20 }, () => act(doer(s), s.favourId, which)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect(await s.wrongs()).toEqual([]);
  });
});

describe('standing by', () => {
  test('is taken back, not declined, not done; the next may stand by', async () => {
    const s = await scene({ standby: true });
    expect((await act(s.author, s.standbyId, 'decline')).body.code).toBe('favour.closed');
    expect((await act(s.second, s.standbyId, 'done')).body.code).toBe('favour.closed');
    expect((await act(s.second, s.standbyId, 'withdraw')).body.favour.state).toBe('withdrawn');
    expect(await openFavoursOf(h, s.second.id)).toBe(0);
    await s.accept(s.stranger);
    expect(await s.wrongs()).toEqual([]);
  });

  test('whoever took their yes back may say it again; whoever was declined may not', async () => {
    const s = await scene();
    await act(s.helper, s.favourId, 'withdraw');
    const again = await s.accept(s.helper);
    await act(s.author, again, 'decline');
    expect((await h.call('POST', `/posts/${s.post.id}/favours`, { as: s.helper, body: {} })).body.code).toBe(
      'favour.exists',
    );
    expect(await s.wrongs()).toEqual([]);
  });
});

describe('done', () => {
  test('either side says it; the post is done with its last favour, and the standby is released', async () => {
    const s = await scene({ standby: true });
    const { body } = await act(s.helper, s.favourId, 'done');
    expect(body.favour).toMatchObject({ state: 'done', minutes: 45, other: { residence: 'Les Tilleuls' } });
    expect(await postRow(h, s.post.id)).toMatchObject({ state: 'done', taken: 1 });
    expect((await eventsOf(h, s.post.id)).slice(3)).toEqual(['post.done', 'favour.done:helper', 'favour.released']);
    expect([await openFavoursOf(h, s.helper.id), await openFavoursOf(h, s.second.id)]).toEqual([0, 0]);
    expect(await s.wrongs()).toEqual([]);
  });

  test('a post with a place left stays open', async () => {
    const s = await scene({ helpersNeeded: 2 });
    await act(s.author, s.favourId, 'done', {});
    expect(await postRow(h, s.post.id)).toMatchObject({ state: 'open', taken: 1 });
    await act(s.author, await s.accept(s.second), 'done', {});
    expect(await postRow(h, s.post.id)).toMatchObject({ state: 'done', taken: 2 });
    expect(await s.wrongs()).toEqual([]);
  });

  test('a stranger may not, nor may anyone after a withdrawal', async () => {
    const s = await scene();
    expect((await act(s.stranger, s.favourId, 'done')).status).toBe(404);
    await act(s.helper, s.favourId, 'withdraw');
    expect((await act(s.author, s.favourId, 'done')).body.code).toBe('favour.closed');
  });

  test('twenty at once, it is done once', async () => {
    const s = await scene();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => act(n % 2 ? s.author : s.helper, s.favourId, 'done')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await s.wrongs()).toEqual([]);
  });
});

describe('thank', () => {
  test('the beneficiary thanks once, for what was done', async () => {
    const s = await scene({ kind: 'offer' });
    expect((await act(s.helper, s.favourId, 'thank')).body.code).toBe('favour.closed');
    await act(s.author, s.favourId, 'done', {});
    expect((await act(s.author, s.favourId, 'thank')).body.code).toBe('role.required');
    expect((await act(s.stranger, s.favourId, 'thank')).status).toBe(404);
    const answers = await Promise.all(Array.from({ length: 20 }, () => act(s.helper, s.favourId, 'thank')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'favour.thanked')).toHaveLength(19);
    expect(answers.find(({ status }) => status === 200)?.body.favour.thanks.text).toBe('Merci mille fois !');
    const [row] = await favourRows(h, s.post.id);
    expect(row?.thanks).toBe('Merci mille fois !');
    const logged = await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, s.favourId));
    expect(JSON.stringify(logged)).not.toContain('mille');
  });
});

describe('my favours', () => {
  test('both sides, filtered and paged, with the head of the stream; nobody else’s', async () => {
    const s = await scene({ standby: true });
    const offer = await mintPost(h, s.helper, { kind: 'offer' });
    await h.call('POST', `/posts/${offer.id}/favours`, { as: s.author, body: {} });
    const list = async (as: Resident, query = '') => h.call('GET', `/favours${query}`, { as });
    const all = await list(s.helper);
    expect(all.headers['palier-seq']).toMatch(/^\d+$/);
    expect(
      all.body.items.map(({ side, iAmAuthor }: { side: string; iAmAuthor: boolean }) => [side, iAmAuthor]),
    ).toEqual([
      ['helper', true],
      ['helper', false],
    ]);
    expect((await list(s.author, '?side=helper')).body.items).toEqual([]);
    expect((await list(s.author, `?side=beneficiary&postId=${s.post.id}`)).body.items).toHaveLength(2);
    await act(s.helper, s.favourId, 'withdraw');
    expect((await list(s.helper, '?live=true')).body.items).toHaveLength(1);
    expect((await list(s.helper, '?live=false')).body.items).toMatchObject([
      { id: s.favourId, state: 'withdrawn', other: { residence: null } },
    ]);
    expect((await list(s.stranger)).body.items).toEqual([]);
    const first = await list(s.author, '?limit=2');
    expect(first.body.items).toHaveLength(2);
    const rest = await list(s.author, `?limit=2&cursor=${first.body.next}`);
    expect([rest.body.items.length, rest.body.next]).toEqual([1, null]);
    expect((await list(s.helper, `?limit=2&cursor=${first.body.next}`)).body.code).toBe('cursor.invalid');
  });
});
