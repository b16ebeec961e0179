import { schema } from '@palier/db';
import { canBecome } from '@palier/domain/posts';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { decide, grantReferent, mintDesk, mintStaff, openCase } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, mintPost, postRow, wrongsOf } from '../../test/posts.ts';
import { talksOf } from '../../test/talks.ts';
import { expirePosts, makeSeriesPosts } from '../posts/index.ts';

const h = await openHarness({}, {}, undefined, true); // its jobs act on every post there is
const limited = await openHarness({ RATE_LIMITS: 'on' });
const { say, pair } = talksOf(h);
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
type Answer = { status: number; body: { code?: string } };

const dayMs = 86_400_000;
const moment = (now: Date) => ({ ...h.deps, actor: null, now, ip: '', locale: 'fr' as const, tx: null });
const dated = () => {
  const [from, to, until] = [1, 1.1, 10].map((days) => new Date(Date.now() + days * dayMs).toISOString());
  return { window: { from, to }, repeats: { every: 'week', until } };
};
const draft = { kind: 'request', category: 'errands', title: 'Un pain et du lait' };

/** Excludes or pauses somebody exactly between what a call read of them and what it writes: the call waits for the row, which is committed under it. */
const caughtBy = async (
  on: typeof h,
  residentId: string,
  set: Partial<typeof schema.residents.$inferInsert>,
  call: () => Promise<Answer>,
): Promise<Answer> => {
  let pending: Promise<Answer> | undefined;
  await on.db.transaction(async (tx) => {
    await tx.select().from(schema.residents).where(eq(schema.residents.id, residentId)).for('update');
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    pending = call();
    for (let n = 0; n < 5000; n++) {
      const waits = await h.pool.query('select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))', [
        rows[0]?.pid,
      ]);
      if (waits.rows.length > 0) break;
    }
    await tx.update(schema.residents).set(set).where(eq(schema.residents.id, residentId));
  });
  if (!pending) throw new Error('nothing was called');
  return pending;
};

describe('at the very instant of an exclusion', () => {
  const excluded = () => ({ excludedAt: new Date() });

  test.each([
    ['a plain post', h, () => draft],
    ['a post that is counted', limited, () => draft],
    ['a series', h, () => ({ ...draft, ...dated() })],
  ] as const)('%s is written not at all, nor logged or told', async (_, on, body) => {
    const author = await on.mintResident();
    const counts = async () => {
      const { rows } = await on.pool.query(
        'select (select count(*) from audit) as a, (select count(*) from outbox) as o',
      );
      return rows[0];
    };
    const before = await counts();
    const answer = await caughtBy(on, author.id, excluded(), () =>
      on.call('POST', '/posts', { as: author, body: body() }),
    );
    expect([answer.status, answer.body.code]).toEqual([403, 'role.required']);
    expect(await on.db.select().from(schema.posts).where(eq(schema.posts.authorId, author.id))).toEqual([]);
    expect(await on.db.select().from(schema.series).where(eq(schema.series.authorId, author.id))).toEqual([]);
    expect(await counts()).toEqual(before);
  });

  test('a pause says so to whoever was writing', async () => {
    const author = await h.mintResident();
    const paused = { pausedUntil: new Date(Date.now() + dayMs) };
    const answer = await caughtBy(h, author.id, paused, () => h.call('POST', '/posts', { as: author, body: draft }));
    expect([answer.status, answer.body.code]).toEqual([403, 'account.paused']);
  });

  test('no message and no door leaves any more', async () => {
    const { ana, ben, talkId } = await pair();
    const doored = { floor: '2', door: 'gauche' };
    const sent = await caughtBy(h, ben.id, excluded(), () => say(ben, talkId));
    const shared = await caughtBy(h, ana.id, excluded(), () =>
      h.call('POST', `/conversations/${talkId}/door`, { as: ana, body: doored }),
    );
    expect([sent.status, shared.status]).toEqual([403, 403]);
    expect(await h.db.select().from(schema.messages).where(eq(schema.messages.conversationId, talkId))).toEqual([]);
  });

  test('three posts sent with the ruling leave none alive, twelve times', async () => {
    const { referent, residence } = await mintDesk(h, 0);
    for (let round = 0; round < 12; round++) {
      const author = await h.mintResident({ residenceId: residence.id, stairId: null });
      const caseId = await openCase(h, author);
      const post = () => h.call('POST', '/posts', { as: author, body: draft });
      const [ruled, ...posted] = await Promise.all([
        decide(h, referent, caseId, 'exclude', { dataProtection: 'Menaces répétées, après deux avertissements.' }),
        post(),
        post(),
        post(),
      ]);
      expect([ruled.status, ...posted.filter(({ status }) => status !== 201 && status !== 403)]).toEqual([201]);
      const rows = await h.db.select().from(schema.posts).where(eq(schema.posts.authorId, author.id));
      expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'removed'));
      expect(rows).toHaveLength(posted.filter(({ status }) => status === 201).length);
    }
  });

  test('a series makes no further date, also when its first one was done long ago', async () => {
    const author = await h.mintResident();
    const { body } = await h.call('POST', '/posts', { as: author, body: { ...draft, ...dated() } });
    await h.db.update(schema.posts).set({ state: 'done' }).where(eq(schema.posts.authorId, author.id));
    const madeUntil = new Date(Date.now() + dayMs);
    await h.db.update(schema.series).set({ madeUntil }).where(eq(schema.series.authorId, author.id));
    await h.db.update(schema.residents).set({ excludedAt: new Date() }).where(eq(schema.residents.id, author.id));
    expect(body.post.seriesId).not.toBe(null);
    await makeSeriesPosts(moment(new Date(Date.now() + 7 * dayMs)));
    const rows = await h.db.select().from(schema.posts).where(eq(schema.posts.authorId, author.id));
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['done']));
  });
});

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((first, n) => permutations(items.filter((_, at) => at !== n)).map((rest) => [first, ...rest]));

test('a yes, a withdrawal, an edit, the end of the date and a removal, begun at once in each of the 120 orders, end where the rules allow (C2)', async () => {
  const { referent, people } = await mintDesk(h, 2);
  const [author, ben] = people as [Resident, Resident];
  const end = 3 * dayMs;
  const fair = new Set([200, 201, 403, 404, 409]);
  const ends = new Map<string, number>();
  const acts = {
    accept: (id: string) => h.call('POST', `/posts/${id}/favours`, { as: ben, body: {} }),
    withdraw: (id: string) => h.call('POST', `/posts/${id}/withdraw`, { as: author, body: { reason: 'solved' } }),
    edit: (id: string) => h.call('PATCH', `/posts/${id}`, { as: author, body: { title: 'Porter deux cartons' } }),
    expire: async () => {
      await expirePosts(moment(new Date(Date.now() + end)));
      return { status: 200 };
    },
    remove: (_: string, caseId: string) => decide(h, referent, caseId, 'remove'),
  };
  const inOrder = async (order: (keyof typeof acts)[]): Promise<void> => {
    const post = await mintPost(h, author);
    const caseId = await openCase(h, author, post.id);
    const answers = await Promise.all(
      order.map(async (act, n) => {
        for (let turn = 0; turn < n; turn++) await h.pool.query('select'); // each begins a little after the one before it
        return { act, status: (await acts[act](post.id, caseId)).status };
      }),
    );
    expect([order, answers.filter(({ status }) => !fair.has(status))]).toEqual([order, []]);
    const { state } = await postRow(h, post.id);
    ends.set(state, (ends.get(state) ?? 0) + 1);
    expect([order, await wrongsOf(h, [post.id], [])]).toEqual([order, []]);
    const statusOf = (act: keyof typeof acts) => answers.find((answer) => answer.act === act)?.status;
    expect([order, statusOf('remove')]).toEqual([order, 201]);
    expect([order, state === 'withdrawn' ? statusOf('withdraw') : 200]).toEqual([order, 200]);
    const told = (await eventsOf(h, post.id)).filter((event) => event.startsWith('post.'));
    expect([order, told.at(-1), canBecome('open', state)]).toEqual([order, 'post.closed', true]);
  };
  const orders = permutations(Object.keys(acts) as (keyof typeof acts)[]);
  for (let n = 0; n < orders.length; n += 6) await Promise.all(orders.slice(n, n + 6).map(inOrder));
  expect([...ends.keys()].every((state) => ['removed', 'withdrawn', 'expired'].includes(state))).toBe(true);
}, 60_000);

test('two referents who rule on each other: both rulings stand in the log with who, whom and why, neither answers for himself (A14)', async () => {
  const { residence, coordinator, people } = await mintDesk(h, 2);
  const [ana, ben] = people as [Resident, Resident];
  for (const one of [ana, ben]) await grantReferent(h, one.accountId, residence.id);
  const [herPost, hisPost] = [await mintPost(h, ana), await mintPost(h, ben)];
  const [aboutHer, aboutHim] = [await openCase(h, ana, herPost.id), await openCase(h, ben, hisPost.id)];
  const rulings = await Promise.all([decide(h, ben, aboutHer, 'hide'), decide(h, ana, aboutHim, 'remove')]);
  expect(rulings.map(({ status }) => status)).toEqual([201, 201]);
  expect((await decide(h, ana, aboutHer, 'reverse')).body.code).toBe('case.own');
  expect((await decide(h, ben, aboutHim, 'reverse')).body.code).toBe('case.own');
  const lines = (await h.call('GET', '/audit', { as: coordinator })).body.items as { action: string; about: string }[];
  expect(lines.filter(({ action }) => action.startsWith('case.'))).toHaveLength(2);
  const appeal = await h.call('POST', `/decisions/${rulings[1].body.decision.id}/appeal`, {
    as: ben,
    body: { text: 'Elle répond à ma décision.' },
  });
  expect(appeal.status).toBe(201);
  expect((await decide(h, ana, aboutHim, 'uphold')).body.code).toBe('case.judged');
  const third = await mintStaff(h, 'referent', residence.id);
  expect((await decide(h, third, aboutHim, 'reverse')).status).toBe(201);
  expect((await postRow(h, hisPost.id)).state).toBe('open');
});
