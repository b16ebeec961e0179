import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, favourRows, mintPost, openFavoursOf, postRow, wrongsOf } from '../../test/posts.ts';
import { newId } from '../ids.ts';

const h = await openHarness();
const limited = await openHarness({ RATE_LIMITS: 'on' });
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

const accept = (as: Resident, postId: string, body: object = {}, on = h) =>
  on.call('POST', `/posts/${postId}/favours`, { as, body });

const neighbours = async (count: number, on = h): Promise<Resident[]> => {
  const residence = await on.mintResidence();
  return Promise.all(
    Array.from({ length: count }, () => on.mintResident({ residenceId: residence.id, stairId: null })),
  );
};

describe('a neighbour says yes', () => {
  test('they have the place; the post is filled, both are told, the helper is counted', async () => {
    const [ana, ben] = [await h.mintResident({ displayName: 'Ana' }), await h.mintResident({ displayName: 'Ben' })];
    const post = await mintPost(h, ana);
    const { status, body } = await accept(ben, post.id, { note: 'J’arrive à 18 h' });
    expect(status).toBe(201);
    expect(body.favour).toMatchObject({
      postId: post.id,
      state: 'accepted',
      side: 'helper',
      iAmAuthor: false,
      note: 'J’arrive à 18 h',
      other: { displayName: 'Ana', residence: 'Les Tilleuls' },
    });
    expect(await postRow(h, post.id)).toMatchObject({ state: 'filled', taken: 1 });
    expect(await favourRows(h, post.id)).toMatchObject([
      { helperId: ben.id, beneficiaryId: ana.id, acceptedBy: ben.id, authorId: ana.id, state: 'accepted' },
    ]);
    expect(await openFavoursOf(h, ben.id)).toBe(1);
    const ofPost = eq(schema.outbox.postId, post.id);
    const events = await h.db.select().from(schema.outbox).where(ofPost).orderBy(schema.outbox.id);
    expect(events).toMatchObject([
      {
        kind: 'post',
        change: 'filled',
        cell: post.cell,
        residenceId: ana.residenceId,
        commune: '01173',
        sideA: ana.id,
      },
      { kind: 'favour', change: 'accepted', favourId: body.favour.id, sideA: ben.id, sideB: ana.id },
    ]);
    expect(await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, body.favour.id))).toMatchObject([
      { action: 'favour.accept', actorId: ben.accountId },
    ]);
  });

  test('of an offer they are the beneficiary, and nobody is counted', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident({ trust: 'new' })];
    const post = await mintPost(h, ana, { kind: 'offer', category: 'company', helpersNeeded: 2 });
    const { body } = await accept(ben, post.id);
    expect(body.favour).toMatchObject({ state: 'accepted', side: 'beneficiary' });
    expect(await openFavoursOf(h, ben.id)).toBe(0);
    expect(await openFavoursOf(h, ana.id)).toBe(0);
    expect(await eventsOf(h, post.id)).toEqual(['post.changed', 'favour.accepted']);
  });

  test('the next one stands by, and the one after hears that it is taken', async () => {
    const ana = await h.mintResident();
    const [ben, chloe, dan] = (await neighbours(3)) as [Resident, Resident, Resident];
    const post = await mintPost(h, ana);
    expect((await accept(ben, post.id)).body.favour.state).toBe('accepted');
    const second = await accept(chloe, post.id);
    expect([second.status, second.body.favour.state, second.body.favour.other.residence]).toEqual([
      201,
      'standby',
      null,
    ]);
    const third = await accept(dan, post.id);
    expect([third.status, third.body.code]).toEqual([409, 'post.full']);
    expect((await accept(ben, post.id)).body.code).toBe('favour.exists');
    expect((await accept(chloe, post.id)).body.code).toBe('favour.exists');
    expect(await wrongsOf(h, [post.id], [ben.id, chloe.id, dan.id])).toEqual([]);
  });
});

describe('who may not', () => {
  test('a visitor, the author, a new resident where trust is needed', async () => {
    const [ana, fresh] = [await h.mintResident(), await h.mintResident({ trust: 'new' })];
    const post = await mintPost(h, ana, { category: 'childcare' });
    expect((await h.call('POST', `/posts/${post.id}/favours`, { body: {} })).status).toBe(401);
    const own = await accept(ana, post.id);
    expect([own.status, own.body.code]).toEqual([403, 'post.own']);
    const untrusted = await accept(fresh, post.id);
    expect([untrusted.status, untrusted.body.code]).toEqual([403, 'trust.required']);
  });

  test('what is out of sight, behind a block either way, held or of nobody is absent alike', async () => {
    const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
    await h.db.insert(schema.blocks).values([{ residentId: ana.id, blockedId: chloe.id }]);
    const [near, out, held] = [
      await mintPost(h, ana),
      await mintPost(h, ana, { audience: 'residence' }),
      await mintPost(h, ana, { state: 'held' }),
    ];
    const behind = await mintPost(h, chloe);
    const answers = [
      await accept(ben, out.id),
      await accept(ben, held.id),
      await accept(chloe, near.id),
      await accept(ana, behind.id),
      await accept(ben, newId()),
    ];
    for (const { status, text } of answers) expect([status, text]).toEqual([404, answers[0]?.text]);
    expect(await favourRows(h, near.id)).toEqual([]);
  });

  test('a sixth open favour, until one is done; requests alone count', async () => {
    const ana = await limited.mintResident();
    const [ben] = (await neighbours(1, limited)) as [Resident];
    const posts = await Promise.all(Array.from({ length: 6 }, () => mintPost(limited, ana)));
    const offer = await mintPost(limited, ana, { kind: 'offer' });
    const answers = await Promise.all(posts.map(({ id }) => accept(ben, id, {}, limited)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('favour.limit');
    expect(await openFavoursOf(limited, ben.id)).toBe(5);
    expect((await accept(ben, offer.id, {}, limited)).status).toBe(201);
    const done = answers.find(({ status }) => status === 201)?.body.favour.id;
    expect((await limited.call('POST', `/favours/${done}/done`, { as: ana, body: {} })).status).toBe(200);
    const left = posts[answers.findIndex(({ status }) => status === 409)];
    expect((await accept(ben, left?.id ?? '', {}, limited)).status).toBe(201);
    expect(
      await wrongsOf(
        limited,
        posts.map(({ id }) => id),
        [ben.id],
      ),
    ).toEqual([]);
  });
});

test.each(['done', 'withdrawn', 'expired'] as const)('a post that is %s takes no answer', async (state) => {
  const [ana, ben] = [await h.mintResident(), await h.mintResident()];
  const post = await mintPost(h, ana, { state });
  const { status, body } = await accept(ben, post.id);
  expect([status, body.code]).toEqual([409, 'post.closed']);
});

test('a post whose date has passed takes no answer, though nobody has closed it yet', async () => {
  const [ana, ben] = [await h.mintResident(), await h.mintResident()];
  const post = await mintPost(h, ana, { expiresAt: new Date(Date.now() - 1000) });
  expect((await accept(ben, post.id)).body.code).toBe('post.closed');
});

describe('twenty at once', () => {
  test('thirty times, exactly as many win as there are places, and one stands by', async () => {
    const ana = await h.mintResident();
    const crowd = await neighbours(20);
    for (let round = 0; round < 30; round++) {
      const helpersNeeded = 1 + (round % 3);
      const post = await mintPost(h, ana, { helpersNeeded, kind: round % 2 === 0 ? 'request' : 'offer' });
      const answers = await Promise.all(crowd.map((one) => accept(one, post.id)));
      const states = answers.filter(({ status }) => status === 201).map(({ body }) => body.favour.state);
      expect(states.filter((state) => state === 'accepted')).toHaveLength(helpersNeeded);
      expect(states.filter((state) => state === 'standby')).toHaveLength(1);
      expect(answers.filter(({ status, body }) => status === 409 && body.code === 'post.full')).toHaveLength(
        19 - helpersNeeded,
      );
      expect(await wrongsOf(h, [post.id], [])).toEqual([]);
    }
  }, 60_000);

  test('one person answering twenty times has one place', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana, { helpersNeeded: 3 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => accept(ben, post.id)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'favour.exists')).toHaveLength(19);
    expect(await wrongsOf(h, [post.id], [ben.id])).toEqual([]);
  });

  test('one helper at twenty posts holds five', async () => {
    const ana = await limited.mintResident();
    const [ben] = (await neighbours(1, limited)) as [Resident];
    const posts = await Promise.all(Array.from({ length: 20 }, () => mintPost(limited, ana)));
    const answers = await Promise.all(posts.map(({ id }) => accept(ben, id, {}, limited)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(
      await wrongsOf(
        limited,
        posts.map(({ id }) => id),
        [ben.id],
      ),
    ).toEqual([]);
  });

  test('one key takes one place and answers the same bytes', async () => {
    const [ana, ben] = [await h.mintResident(), await h.mintResident()];
    const post = await mintPost(h, ana, { helpersNeeded: 3 });
    const send = () =>
      h.call('POST', `/posts/${post.id}/favours`, { as: ben, body: {}, headers: { 'idempotency-key': 'oui' } });
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    const written = new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text));
    expect(written.size).toBe(1);
    expect(written).toContain((await send()).text);
    expect(await favourRows(h, post.id)).toHaveLength(1);
  });
});

test('the naive way, which reads and then writes, lets two in: what this suite is there to catch', async () => {
  const ana = await h.mintResident();
  const [ben, chloe] = (await neighbours(2)) as [Resident, Resident];
  const post = await mintPost(h, ana);
  const [first, second] = [await h.pool.connect(), await h.pool.connect()];
  try {
    const read = 'select taken < helpers_needed and state = $2 as has_place from posts where id = $1';
    const [mine, theirs] = await Promise.all([
      first.query(read, [post.id, 'open']),
      second.query(read, [post.id, 'open']),
    ]);
    for (const [client, helper, seen] of [
      [first, ben, mine],
      [second, chloe, theirs],
    ] as const)
      if (seen.rows[0].has_place) {
        await client.query(`update posts set taken = 1, state = 'filled' where id = $1`, [post.id]);
        await client.query(
          `insert into favours (id, post_id, commune, author_id, accepted_by, helper_id, beneficiary_id, state, created_at, updated_at) values ($1, $2, '01173', $3, $4, $4, $3, 'accepted', now(), now())`,
          [newId(), post.id, ana.id, helper.id],
        );
      }
  } finally {
    first.release();
    second.release();
  }
  expect((await favourRows(h, post.id)).filter(({ state }) => state === 'accepted')).toHaveLength(2);
  expect(await wrongsOf(h, [post.id], [])).not.toEqual([]);
  await h.db.delete(schema.favours).where(eq(schema.favours.postId, post.id));
  await h.db.delete(schema.posts).where(eq(schema.posts.id, post.id));
});
