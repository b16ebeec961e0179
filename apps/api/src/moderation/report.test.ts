import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { caseOf, mintDesk, reportOf } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { mintPost, postRow } from '../../test/posts.ts';
import { newId } from '../ids.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
const report = (as: Resident, body: object) => h.call('POST', '/reports', { as, body });
const countReports = async (postId: string) =>
  (await h.db.select().from(schema.reports).where(eq(schema.reports.subjectId, postId))).length;

describe('a report', () => {
  test('lays the post on the desk of its residence, with its reason and no name', async () => {
    const { referent, people } = await mintDesk(h);
    const [author, ana] = people as [Resident, Resident];
    const post = await mintPost(h, author);
    const answer = await report(ana, { ...reportOf(post.id), text: 'Il insulte tout le monde' });
    expect([answer.status, answer.body.report.reason]).toEqual([201, 'insult']);
    const { body } = await h.call('GET', '/moderation/cases', { as: referent });
    expect(body.items).toMatchObject([
      { kind: 'report', subject: 'post', title: post.title, reasons: ['insult'], signals: { reporters: 1 } },
    ]);
    const whole = await h.call('GET', `/moderation/cases/${body.items[0].id}`, { as: referent });
    expect(whole.body.case.remarks).toMatchObject([{ reason: 'insult', text: 'Il insulte tout le monde' }]);
    expect(JSON.stringify(whole.body)).not.toContain(ana.id);
    expect((await postRow(h, post.id)).state).toBe('open');
  });

  test('of one person counts once, a hundred times over; twenty at once are one', async () => {
    const { people } = await mintDesk(h);
    const [author, ana] = people as [Resident, Resident];
    const post = await mintPost(h, author);
    const answers = await Promise.all(Array.from({ length: 20 }, () => report(ana, reportOf(post.id))));
    for (let n = 0; n < 80; n++) answers.push(await report(ana, reportOf(post.id)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.report.id)).size).toBe(1);
    expect(await countReports(post.id)).toBe(1);
    expect((await postRow(h, post.id)).state).toBe('open');
  });

  test('of three homes hides the post until somebody has looked, and says so on the desk; a fourth no longer sees it', async () => {
    const { referent, people } = await mintDesk(h, 5);
    const [author, ...others] = people as [Resident, ...Resident[]];
    const post = await mintPost(h, author);
    for (const [n, one] of others.entries()) {
      expect((await report(one, reportOf(post.id))).status).toBe(n < 3 ? 201 : 404);
      expect((await postRow(h, post.id)).state).toBe(n < 2 ? 'open' : 'removed');
    }
    const found = await caseOf(h, post.id);
    const decided = await h.db
      .select()
      .from(schema.decisions)
      .where(eq(schema.decisions.caseId, found?.id ?? ''));
    expect(decided).toMatchObject([{ kind: 'hide', decidedAs: 'system', before: { posts: [{ state: 'open' }] } }]);
    expect((await h.call('GET', `/posts/${post.id}`, { as: others[0] })).status).toBe(404);
    const { body } = await h.call('GET', '/moderation/cases', { as: referent });
    expect(body.items[0].signals).toMatchObject({ reporters: 3, homes: 3, sameStair: 3, isCoordinated: true });
  });

  test('of three people of one home hides nothing', async () => {
    const { people } = await mintDesk(h);
    const [author, ...others] = people as [Resident, ...Resident[]];
    for (const one of others)
      await h.db.update(schema.residents).set({ floor: 2 }).where(eq(schema.residents.id, one.id));
    const post = await mintPost(h, author);
    for (const one of others) await report(one, reportOf(post.id));
    expect((await postRow(h, post.id)).state).toBe('open');
  });

  test("of what one may not see, of nothing, of one's own, or by a stranger is refused", async () => {
    const { people, referent } = await mintDesk(h);
    const [author, ana] = people as [Resident, Resident];
    const post = await mintPost(h, author, { audience: 'stair' });
    const stranger = await h.mintResident();
    expect((await report(stranger, reportOf(post.id))).status).toBe(404);
    expect((await report(ana, reportOf(newId()))).status).toBe(404);
    expect((await report(author, reportOf(post.id))).body.code).toBe('post.own');
    expect((await report(ana, { subject: 'resident', subjectId: ana.id, reason: 'other' })).status).toBe(404);
    expect((await report(ana, { subject: 'message', subjectId: newId(), reason: 'other' })).status).toBe(404);
    expect((await h.call('POST', '/reports', { body: reportOf(post.id) })).status).toBe(401);
    expect((await h.call('POST', '/reports', { as: referent, body: reportOf(post.id) })).status).toBe(403);
    expect(await countReports(post.id)).toBe(0);
  });

  test('is limited to ten an hour; of somebody it opens one case about them', async () => {
    const limited = await openHarness({ RATE_LIMITS: 'on' });
    const residence = await limited.mintResidence();
    const at = { residenceId: residence.id, stairId: null };
    const ana = await limited.mintResident(at);
    const others: Resident[] = [];
    for (let n = 0; n < 11; n++) others.push(await limited.mintResident(at));
    const statuses = [];
    for (const { id } of others) {
      const body = { subject: 'resident', subjectId: id, reason: 'harassment' };
      statuses.push((await limited.call('POST', '/reports', { as: ana, body })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 201), 429]);
    const rows = await limited.db
      .select()
      .from(schema.cases)
      .where(and(eq(schema.cases.subject, 'resident'), eq(schema.cases.subjectId, others[0]?.id ?? '')));
    expect(rows).toMatchObject([{ kind: 'report', aboutId: others[0]?.id, postId: null }]);
  });
});
