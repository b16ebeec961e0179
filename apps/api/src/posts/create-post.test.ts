import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';

const dayMs = 86_400_000;
const draft = {
  kind: 'request',
  category: 'errands',
  title: 'Un pain et du lait',
  details: 'Je rembourse les courses.',
} as const;
const h = await openHarness();
const limited = await openHarness({ RATE_LIMITS: 'on' });

const rowsOf = (postId: string) =>
  Promise.all([
    h.db.select().from(schema.posts).where(eq(schema.posts.id, postId)),
    h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, postId)),
    h.db.select().from(schema.outbox).where(eq(schema.outbox.postId, postId)),
  ]);

describe('a resident writes a post', () => {
  test('it is open, placed at their residence, audited and in the outbox', async () => {
    const ana = await h.mintResident({ displayName: 'Ana' });
    const { status, body } = await h.call('POST', '/posts', {
      as: ana,
      body: { ...draft, urgent: true, hall: true, helpersNeeded: 2 },
    });
    expect(status).toBe(201);
    expect(body.post).toMatchObject({
      ...draft,
      state: 'open',
      audience: 'neighbourhood',
      helpersNeeded: 2,
      helpersTaken: 0,
      urgent: true,
      mine: true,
      hall: true,
      author: { id: ana.id, displayName: 'Ana' },
    });
    const [[post], [entry, ...others], [event]] = await rowsOf(body.post.id);
    expect(post).toMatchObject({
      authorId: ana.id,
      residenceId: ana.residenceId,
      stairId: ana.stairId,
      commune: '01173',
      state: 'open',
    });
    expect(entry).toMatchObject({ action: 'post.create', actorId: ana.accountId });
    expect(others).toEqual([]);
    expect(JSON.stringify(entry)).not.toContain('pain');
    expect(event).toMatchObject({
      kind: 'post',
      change: 'opened',
      cell: post?.cell,
      residenceId: ana.residenceId,
      commune: '01173',
      sideA: ana.id,
      auditId: entry?.id,
    });
  });

  test.each([
    ['heat-check', 'residence'],
    ['childcare', 'residence'],
    ['garden', 'neighbourhood'],
  ])('%s goes to the %s unless they say otherwise', async (category, audience) => {
    const ana = await h.mintResident();
    const { body } = await h.call('POST', '/posts', { as: ana, body: { ...draft, category } });
    expect(body.post.audience).toBe(audience);
  });

  test('what tells of frailty never hangs in the hall', async () => {
    const ana = await h.mintResident();
    const { body } = await h.call('POST', '/posts', { as: ana, body: { ...draft, category: 'company', hall: true } });
    expect(body.post.hall).toBe(false);
  });

  test('for someone else, the name is kept apart and read by the author', async () => {
    const ana = await h.mintResident();
    const { body } = await h.call('POST', '/posts', {
      as: ana,
      body: { ...draft, onBehalfOf: { name: 'Mme Roux', consent: 'spoken' } },
    });
    expect(body.post).toMatchObject({ onBehalf: true, onBehalfName: 'Mme Roux' });
    const [kept] = await h.db
      .select()
      .from(schema.postBeneficiaries)
      .where(eq(schema.postBeneficiaries.postId, body.post.id));
    expect(kept).toMatchObject({ name: 'Mme Roux', consent: 'spoken' });
  });

  test('words of emergency show the numbers first, then the post may follow', async () => {
    const ana = await h.mintResident();
    const alarming = { ...draft, title: 'Ma voisine est tombée, elle ne se relève plus' };
    const first = await h.call('POST', '/posts', { as: ana, body: alarming });
    expect(first.status).toBe(422);
    expect(first.body.code).toBe('post.emergency');
    expect(first.body.numbers).toEqual(expect.arrayContaining(['15', '18', '112', '114']));
    expect(first.body.kinds).toContain('fall');
    const second = await h.call('POST', '/posts', { as: ana, body: { ...alarming, emergencySeen: true } });
    expect(second.status).toBe(201);
  });

  test.each([
    ['post.payment', { title: 'Ménage, je paie 15 euros de l’heure' }],
    ['post.contact', { details: 'Appelez-moi au 06 12 34 56 78' }],
    ['post.contact', { details: 'Écrivez à ana@example.org' }],
    ['post.window', { window: { from: '2024-05-01T08:00:00Z', to: '2024-05-01T09:00:00Z' } }],
    ['post.repeats', { repeats: { every: 'week', until: new Date(Date.now() + 30 * dayMs).toISOString() } }],
  ])('%s is refused', async (code, change) => {
    const ana = await h.mintResident();
    const { status, body } = await h.call('POST', '/posts', { as: ana, body: { ...draft, ...change } });
    expect([status, body.code]).toEqual([422, code]);
  });

  test('a link waits for a referent while the account is recent, and its author alone reads it', async () => {
    const withLink = { ...draft, details: 'La notice : https://exemple.org/notice' };
    const [fresh, settled] = [await h.mintResident({ daysAgo: 2 }), await h.mintResident({ daysAgo: 8 })];
    const held = await h.call('POST', '/posts', { as: fresh, body: withLink });
    expect(held.body.post.state).toBe('held');
    expect((await rowsOf(held.body.post.id))[2]).toMatchObject([{ kind: 'post', change: 'held' }]);
    expect((await h.call('POST', '/posts', { as: settled, body: withLink })).body.post.state).toBe('open');
  });

  test('a series writes its dates of the next fortnight and answers the first', async () => {
    const ana = await h.mintResident();
    const from = Date.now() + dayMs;
    const window = { from: new Date(from).toISOString(), to: new Date(from + 3_600_000).toISOString() };
    const { status, body } = await h.call('POST', '/posts', {
      as: ana,
      body: { ...draft, window, repeats: { every: 'week', until: new Date(from + 60 * dayMs).toISOString() } },
    });
    expect(status).toBe(201);
    expect(body.post).toMatchObject({ repeats: true, window });
    const made = await h.db.select().from(schema.posts).where(eq(schema.posts.seriesId, body.post.seriesId));
    expect(made).toHaveLength(2);
    expect(made.every((post) => post.state === 'open' && post.expiresAt.getTime() === post.windowTo?.getTime())).toBe(
      true,
    );
  });
});

describe('who may not', () => {
  test('a stranger, an account that is no resident, and a page of another site are refused', async () => {
    const officer = await h.mintAccount();
    const ana = await h.mintResident();
    expect((await h.call('POST', '/posts', { body: draft })).status).toBe(401);
    expect((await h.call('POST', '/posts', { as: officer, body: draft })).body.code).toBe('role.required');
    expect(
      (await h.call('POST', '/posts', { as: ana, body: draft, headers: { origin: 'https://ailleurs.example' } })).body
        .code,
    ).toBe('origin.foreign');
  });

  test('a new resident may ask for company, not offer it', async () => {
    const fresh = await h.mintResident({ trust: 'new' });
    const offer = await h.call('POST', '/posts', { as: fresh, body: { ...draft, kind: 'offer', category: 'company' } });
    expect([offer.status, offer.body.code]).toEqual([403, 'trust.required']);
    expect((await h.call('POST', '/posts', { as: fresh, body: { ...draft, category: 'company' } })).status).toBe(201);
  });

  test('nobody sets a place, a state or an author from outside', async () => {
    const ana = await h.mintResident();
    for (const extra of [
      { residenceId: ana.residenceId },
      { cell: '891f961802fffff' },
      { state: 'open' },
      { authorId: ana.id },
      { taken: 0 },
    ])
      expect((await h.call('POST', '/posts', { as: ana, body: { ...draft, ...extra } })).body.code).toBe(
        'request.invalid',
      );
  });
});

test('a stair nobody knows cannot be an audience', async () => {
  const ana = await h.mintResident({ stairId: null });
  const { status, body } = await h.call('POST', '/posts', { as: ana, body: { ...draft, audience: 'stair' } });
  expect([status, body.code]).toEqual([422, 'stair.unknown']);
});

describe('twenty at once', () => {
  test('five are written in an hour and fifteen told when to come back', async () => {
    const ana = await limited.mintResident();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => limited.call('POST', '/posts', { as: ana, body: draft })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    const refusedOnes = answers.filter(({ body }) => body.code === 'rate.posts');
    expect(refusedOnes).toHaveLength(15);
    for (const { status, headers } of refusedOnes) {
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(3_500);
    }
    const forAnother = await limited.call('POST', '/posts', {
      as: ana,
      body: { ...draft, onBehalfOf: { name: 'Mme Roux', consent: 'spoken' } },
    });
    expect(forAnother.status).toBe(201);
  });

  test('three a day in the first week', async () => {
    const fresh = await limited.mintResident({ daysAgo: 3 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => limited.call('POST', '/posts', { as: fresh, body: draft })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  });

  test('one key writes one post, and answers the same bytes', async () => {
    const ana = await h.mintResident();
    const send = () => h.call('POST', '/posts', { as: ana, body: draft, headers: { 'idempotency-key': 'same' } });
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    const written = answers.filter(({ status }) => status === 201);
    expect(written.length).toBeGreaterThan(0);
    expect(answers.every(({ status, body }) => status === 201 || body.code === 'idempotency.in-flight')).toBe(true);
    expect(new Set(written.map(({ text }) => text)).size).toBe(1);
    expect((await send()).text).toBe(written[0]?.text);
    const made = await h.db
      .select()
      .from(schema.posts)
      .where(and(eq(schema.posts.authorId, ana.id)));
    expect(made).toHaveLength(1);
    const other = await h.call('POST', '/posts', {
      as: ana,
      body: { ...draft, title: 'Autre chose' },
      headers: { 'idempotency-key': 'same' },
    });
    expect(other.body.code).toBe('idempotency.mismatch');
  });
});
