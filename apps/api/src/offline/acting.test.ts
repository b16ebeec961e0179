import { schema } from '@palier/db';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintReferent, openSession, stageActing, welcomeNeighbour } from '../../test/offline.ts';
import { mintPost } from '../../test/posts.ts';

const h = await openHarness();
const ask = { kind: 'request', category: 'errands', title: 'Un pain et du lait', audience: 'residence' };
const auditOf = (subjectId: string) => h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, subjectId));
const expire = (id: string) =>
  h.db.update(schema.actingSessions).set({ expiresAt: sql`clock_timestamp()` }).where(eq(schema.actingSessions.id, id));

describe('a referent acts for a neighbour without internet', () => {
  test('asks, closes, thanks in their name; every act names both', async () => {
    const { home, referent, neighbour, acting } = await stageActing(h);
    const helper = await h.mintResident({ residenceId: home.id, displayName: 'Hugo' });
    const posted = await acting.call('POST', '/posts', ask);
    expect(posted.status).toBe(201);
    expect(posted.body.post).toMatchObject({
      author: { id: neighbour.id, displayName: 'Mme Roux' },
      mine: true,
      viaReferent: true,
    });
    const { id } = posted.body.post;
    const read = await h.call('GET', `/posts/${id}`, { as: helper });
    expect(read.body.post).toMatchObject({ viaReferent: true, mine: false });
    const { favour } = (await h.call('POST', `/posts/${id}/favours`, { as: helper, body: {} })).body;
    expect(favour).toMatchObject({ state: 'accepted', viaReferent: true });
    expect((await acting.call('POST', `/favours/${favour.id}/done`, {})).status).toBe(200);
    expect((await acting.call('POST', `/favours/${favour.id}/thank`, { text: 'Merci Hugo' })).status).toBe(200);
    const log = [...(await auditOf(id)), ...(await auditOf(favour.id))].filter((row) => row.onBehalfOf !== null);
    expect(log.map((row) => [row.action, row.actorId, row.actorRole, row.onBehalfOf])).toEqual(
      ['post.create', 'favour.done', 'favour.thank'].map((action) => [action, referent.id, 'referent', neighbour.id]),
    );
  });

  test('keeps a post of theirs, has it go further and says for how many it is, in their name', async () => {
    const { referent, neighbour, acting } = await stageActing(h);
    const { id } = (await acting.call('POST', '/posts', ask)).body.post;
    for (const [act, body] of [
      ['still-needed', {}],
      ['widen', {}],
      ['places', { helpersNeeded: 2 }],
    ] as const)
      expect((await acting.call('POST', `/posts/${id}/${act}`, body)).status).toBe(200);
    const acts = ['post.need', 'post.widen', 'post.places'];
    const log = (await auditOf(id)).filter((row) => acts.includes(row.action));
    expect(log.map((row) => [row.action, row.actorId, row.onBehalfOf]).toSorted()).toEqual(
      acts.map((action) => [action, referent.id, neighbour.id]).toSorted(),
    );
  });

  test('answers a neighbour’s request and offer, and lists what is theirs alone', async () => {
    const { home, acting, neighbour } = await stageActing(h);
    const author = await h.mintResident({ residenceId: home.id });
    const post = await mintPost(h, author);
    const accepted = await acting.call('POST', `/posts/${post.id}/favours`, { note: 'De la part de Mme Roux' });
    expect(accepted.body.favour).toMatchObject({ state: 'accepted', side: 'helper', viaReferent: false });
    const mine = await acting.call('GET', '/favours');
    expect(mine.body.items).toHaveLength(1);
    const theirs = await h.call('GET', '/favours', { as: author });
    expect(theirs.body.items[0]).toMatchObject({ other: { id: neighbour.id }, viaReferent: true });
    expect((await acting.call('GET', '/posts')).status).toBe(200);
  });

  test('a plain post of theirs is limited by what was written for them, not by the referent', async () => {
    const limited = await openHarness({ RATE_LIMITS: 'on' });
    const home = await limited.mintResidence();
    const referent = await mintReferent(limited, home.id);
    const [one, other] = [
      await welcomeNeighbour(limited, referent, home.id),
      await welcomeNeighbour(limited, referent, home.id, 'M. Blanc'),
    ];
    const first = await openSession(limited, referent, one.id);
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await first.call('POST', '/posts', ask)).status);
    expect(statuses).toEqual([201, 201, 201, 429]); // three a day in the first week
    const second = await openSession(limited, referent, other.id);
    expect((await second.call('POST', '/posts', ask)).status).toBe(201);
  });
});

describe('refuses', () => {
  const code = (answer: { status: number; body: { code: string } }) => [answer.status, answer.body.code];

  test('a session that is over, closed, another’s, or no session at all', async () => {
    const { acting, referent, home } = await stageActing(h);
    const other = await mintReferent(h, home.id);
    const as = (who: { cookie: string }, id: string) =>
      h.call('POST', '/posts', { as: who, body: ask, headers: { 'palier-acting-for': id } });
    expect(code(await as(other, acting.id))).toEqual([403, 'acting.over']);
    expect(code(await as(referent, 'nothing'))).toEqual([403, 'acting.over']);
    await expire(acting.id);
    expect(code(await acting.call('POST', '/posts', ask))).toEqual([403, 'acting.over']);
    expect(code(await acting.call('GET', '/posts'))).toEqual([403, 'acting.over']);
    expect((await h.call('GET', `/acting-sessions/${acting.id}`, { as: referent })).status).toBe(403);
    expect((await h.call('POST', `/acting-sessions/${acting.id}/close`, { as: referent })).status).toBe(204);
    expect((await h.call('POST', `/acting-sessions/${acting.id}/close`, { as: referent })).status).toBe(404);
    expect((await h.call('POST', '/posts', { body: ask, headers: { 'palier-acting-for': acting.id } })).status).toBe(
      401,
    );
  });

  test('a residence no longer theirs, at once', async () => {
    const { acting, referent } = await stageActing(h);
    expect((await acting.call('POST', '/posts', ask)).status).toBe(201);
    await h.db
      .update(schema.roleGrants)
      .set({ revokedAt: new Date() })
      .where(eq(schema.roleGrants.id, referent.grantId));
    expect(code(await acting.call('POST', '/posts', ask))).toEqual([403, 'acting.over']);
  });

  test('neighbours with an account, of elsewhere, and whoever is no referent', async () => {
    const { home, neighbour, referent } = await stageActing(h);
    const online = await h.mintResident({ residenceId: home.id });
    const stranger = await mintReferent(h, (await h.mintResidence()).id);
    const open = (as: { cookie: string }, id: string) =>
      h.call('POST', `/offline-residents/${id}/acting-sessions`, { as, body: { consent: 'spoken' } });
    expect((await open(referent, online.id)).status).toBe(404);
    expect((await open(stranger, neighbour.id)).status).toBe(404);
    expect((await open(online, neighbour.id)).status).toBe(403);
    expect((await open(referent, neighbour.id)).status).toBe(201);
    const body = { displayName: 'Untel', consent: 'written', adult: true };
    const url = `/residences/${home.id}/offline-residents`;
    expect((await h.call('POST', url, { as: stranger, body })).status).toBe(404);
    expect((await h.call('POST', url, { as: referent, body: { ...body, consent: 'guessed' } })).status).toBe(400);
  });

  test('what is not done for someone else: account, notifications, blocks, interests', async () => {
    const { acting, neighbour } = await stageActing(h);
    for (const [method, path] of [
      ['GET', '/me'],
      ['PATCH', '/me'],
      ['GET', '/notifications'],
      ['POST', `/blocks/${neighbour.id}`],
      ['GET', '/interests'],
      ['POST', `/offline-residents/${neighbour.id}/acting-sessions`],
    ] as const)
      expect([path, ...code(await acting.call(method, path, {}))]).toEqual([path, 403, 'acting.unable']);
  });

  test('acting for a neighbour towards oneself', async () => {
    const home = await h.mintResidence();
    const self = await h.mintResident({ residenceId: home.id });
    const referent = await mintReferent(h, home.id, { id: self.accountId, cookie: self.cookie });
    const neighbour = await welcomeNeighbour(h, referent, home.id);
    const acting = await openSession(h, referent, neighbour.id);
    const offer = await mintPost(h, self, { kind: 'offer' });
    expect(code(await acting.call('POST', `/posts/${offer.id}/favours`, {}))).toEqual([403, 'acting.self']);
    const { post } = (await acting.call('POST', '/posts', ask)).body;
    const { favour } = (await h.call('POST', `/posts/${post.id}/favours`, { as: self, body: {} })).body;
    await h.call('POST', `/favours/${favour.id}/done`, { as: self, body: {} });
    expect(code(await acting.call('POST', `/favours/${favour.id}/thank`, { text: 'Merci' }))).toEqual([
      403,
      'acting.self',
    ]);
  });

  test('a key that was used for one neighbour, for another', async () => {
    const { acting, referent, home } = await stageActing(h);
    const send = (id: string) =>
      h.call('POST', '/posts', {
        as: referent,
        body: ask,
        headers: { 'palier-acting-for': id, 'idempotency-key': 'same' },
      });
    expect((await send(acting.id)).status).toBe(201);
    const other = await openSession(h, referent, (await welcomeNeighbour(h, referent, home.id, 'M. Blanc')).id);
    expect(code(await send(other.id))).toEqual([422, 'idempotency.mismatch']);
  });
});

describe('at once', () => {
  test('twenty openings leave one session; the others are over', async () => {
    const { referent, neighbour } = await stageActing(h);
    const sessions = await Promise.all(Array.from({ length: 20 }, () => openSession(h, referent, neighbour.id)));
    const answers = await Promise.all(sessions.map((one) => one.call('POST', '/posts', ask)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(19);
  });

  test('a session that ends while acts are on their way: each is whole or refused, none after its end', async () => {
    const { acting, neighbour, referent } = await stageActing(h);
    const [, ...answers] = await Promise.all([
      h.call('POST', `/acting-sessions/${acting.id}/close`, { as: referent }),
      ...Array.from({ length: 20 }, () => acting.call('POST', '/posts', ask)),
    ]);
    const done = answers.filter(({ status }) => status === 201).length;
    expect(answers.every(({ status }) => status === 201 || status === 403)).toBe(true);
    const posts = await h.db.select().from(schema.posts).where(eq(schema.posts.authorId, neighbour.id));
    expect(posts).toHaveLength(done);
    expect((await acting.call('POST', '/posts', ask)).status).toBe(403);
  });
});

test('the sheet tells everything done in their name, and that it was read is written down', async () => {
  const { acting, neighbour, referent, home } = await stageActing(h);
  await acting.call('POST', '/posts', ask);
  const url = `/offline-residents/${neighbour.id}/sheet`;
  const { sheet } = (await h.call('GET', url, { as: referent })).body;
  expect(sheet).toMatchObject({
    resident: { displayName: 'Mme Roux' },
    residence: { id: home.id },
    welcomedBy: 'Rémi',
  });
  expect(sheet.acts.map((act: { action: string; title: string }) => [act.action, act.title])).toEqual([
    ['post.create', 'Un pain et du lait'],
    ['resident.welcome-offline', null],
  ]);
  expect(sheet.sessions).toMatchObject([{ by: 'Rémi', consent: 'spoken', endedAt: null }]);
  expect((await auditOf(neighbour.id)).map(({ action }) => action)).toContain('acting.sheet');
  const stranger = await mintReferent(h, (await h.mintResidence()).id);
  expect((await h.call('GET', url, { as: stranger })).status).toBe(404);
});
