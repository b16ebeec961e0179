import { schema } from '@palier/db';
import type { CaseHold } from '@palier/domain/moderation';
import type { Category } from '@palier/domain/posts';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { caseOf, decide, mintDesk, reportOf } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, mintPost, postRow } from '../../test/posts.ts';
import { newId } from '../ids.ts';
import { tellOfCase, tickCases } from './index.ts';

const start = new Date('2026-11-02T09:00:00Z');
let now = start;
const after = (hours: number): void => {
  now = new Date(start.getTime() + hours * 3_600_000);
};
const h = await openHarness({}, { clock: () => now }, undefined, true);
const system = () => ({ ...h.deps, actor: null, now, ip: '', locale: 'fr' as const, tx: null });
const session = async (id: string) => ({
  id,
  cookie: `${h.app.sessions.cookieName}=${await h.app.sessions.create(id, now)}`,
});
const tick = () => tickCases(system());

/** A post that waits since the clock's start, for these reasons. */
const waiting = async (holds: CaseHold[], category: Category = 'errands') => {
  now = start;
  const desk = await mintDesk(h, 1);
  const [author] = desk.people;
  if (!author) throw new Error('a desk has people');
  const post = await mintPost(h, author, { state: 'held', category, expiresAt: new Date(start.getTime() + 9e9) });
  const caseId = newId();
  const { residenceId, commune } = post;
  await h.db.insert(schema.cases).values({
    ...{ id: caseId, kind: 'held', subject: 'post', subjectId: post.id, postId: post.id, aboutId: author.id },
    ...{ residenceId, commune, holds, createdAt: start, updatedAt: start },
  });
  const turns = async () => {
    const rows = await h.db
      .select({ action: schema.audit.action })
      .from(schema.audit)
      .where(eq(schema.audit.residenceId, residenceId))
      .orderBy(schema.audit.id);
    return rows.map(({ action }) => action);
  };
  return { ...desk, author, post, caseId, turns, state: async () => (await postRow(h, post.id)).state };
};
const decisionsOf = (caseId: string) => h.db.select().from(schema.decisions).where(eq(schema.decisions.caseId, caseId));
const noticesOf = async (accountId: string) => {
  const rows = await h.db.select().from(schema.notifications).where(eq(schema.notifications.accountId, accountId));
  return rows.map(({ kind, turn }) => `${kind} ${turn}`);
};

describe('a post that waits', () => {
  test.each([
    ['the mode of the residence', ['mode']],
    ['a link of a new account', ['link']],
  ] as const)('for %s alone is let out at 48 h, not before, once by ten at a time', async (_, holds) => {
    const { post, caseId, state } = await waiting([...holds]);
    after(47.99);
    await tick();
    expect(await state()).toBe('held');
    after(48);
    await Promise.all(Array.from({ length: 10 }, tick));
    expect(await state()).toBe('open');
    expect(await decisionsOf(caseId)).toMatchObject([{ kind: 'allow', reason: 'not-examined', decidedAs: 'system' }]);
    expect(await eventsOf(h, post.id)).toEqual(['post.opened']);
  });

  test.each(['heat-check', 'company', 'childcare', 'paperwork', 'schoolwork'] as const)(
    'and speaks of somebody frail or under age (%s) is never let out unread',
    async (category) => {
      const { state, turns, caseId } = await waiting(['mode'], category);
      for (const hours of [24, 48, 72]) {
        after(hours);
        await tick();
      }
      expect([await state(), await turns()]).toEqual(['held', ['case.remind', 'case.escalate']]);
      after(96);
      await tick();
      expect(await state()).toBe('expired');
      expect(await decisionsOf(caseId)).toMatchObject([{ kind: 'hide', reason: 'not-examined' }]);
    },
  );

  test('for what screening found is recalled at 24 h, goes to the coordinator at 48, is closed with its reason at 96', async () => {
    const { referent, coordinator, author, caseId, post, turns } = await waiting(['insult']);
    const turn = (change: 'opened' | 'reminded' | 'escalated' | 'decided') => tellOfCase(system(), { caseId, change });
    await turn('opened');
    after(24);
    await tick();
    await turn('reminded');
    expect([await noticesOf(referent.id), await noticesOf(coordinator.id)]).toEqual([
      ['case opened', 'case reminded'],
      [],
    ]);
    after(48);
    await tick();
    await turn('escalated');
    expect(await noticesOf(coordinator.id)).toEqual(['case escalated']);
    const seen = await h.call('GET', '/moderation/cases', { as: await session(coordinator.id) });
    expect(seen.body.items).toMatchObject([{ id: caseId, isEscalated: true, isStarving: true }]);
    after(95.99);
    await tick();
    expect((await postRow(h, post.id)).state).toBe('held');
    after(96);
    await tick();
    await turn('decided');
    expect(await postRow(h, post.id)).toMatchObject({ state: 'expired', endReason: 'not-examined' });
    expect(await noticesOf(author.accountId)).toEqual([`decision ${(await decisionsOf(caseId))[0]?.id}`]);
    expect(await turns()).toEqual(expect.arrayContaining(['case.remind', 'case.escalate', 'case.close']));
    after(200);
    expect(await tick()).toBe(0);
  });

  test('that its author took back leaves the desk by itself', async () => {
    const { post, caseId } = await waiting(['insult']);
    await h.db.update(schema.posts).set({ state: 'withdrawn' }).where(eq(schema.posts.id, post.id));
    after(1);
    await tick();
    expect((await caseOf(h, post.id))?.state).toBe('closed');
    expect(await decisionsOf(caseId)).toEqual([]);
  });
});

test('a report that nobody examines is recalled and handed on, and hides or closes nothing', async () => {
  now = start;
  const { coordinator, people } = await mintDesk(h, 2);
  const [author, ana] = people;
  if (!author || !ana) throw new Error('two neighbours');
  const post = await mintPost(h, author, { expiresAt: new Date(start.getTime() + 9e9) });
  expect((await h.call('POST', '/reports', { as: ana, body: reportOf(post.id) })).status).toBe(201);
  for (const hours of [24, 48, 96, 200]) {
    after(hours);
    await tick();
  }
  const found = await caseOf(h, post.id);
  expect([found?.state, found?.remindedAt, found?.escalatedAt]).toEqual([
    'open',
    new Date(start.getTime() + 24 * 3_600_000),
    new Date(start.getTime() + 48 * 3_600_000),
  ]);
  expect((await postRow(h, post.id)).state).toBe('open');
  const ruled = await decide(h, await session(coordinator.id), found?.id ?? '', 'allow');
  expect(ruled.status).toBe(201);
  after(200 + 20 * 24 + 1);
  await tick();
  expect((await caseOf(h, post.id))?.state).toBe('closed');
});

test('an arrival leaves the desk once whoever came is known, gone or elsewhere', async () => {
  now = start;
  const { residence } = await mintDesk(h, 0);
  const nina = await h.mintResident({ residenceId: residence.id, stairId: null, trust: 'new' });
  const { residenceId } = nina;
  await h.db.insert(schema.cases).values({
    ...{ id: newId(), kind: 'arrival', subject: 'resident', subjectId: nina.id, aboutId: nina.id },
    ...{ residenceId, commune: residence.commune, createdAt: start, updatedAt: start },
  });
  after(1);
  await tick();
  expect((await caseOf(h, nina.id))?.state).toBe('open');
  await h.db.update(schema.residents).set({ leftAt: now }).where(eq(schema.residents.id, nina.id));
  await tick();
  expect((await caseOf(h, nina.id))?.state).toBe('closed');
});
