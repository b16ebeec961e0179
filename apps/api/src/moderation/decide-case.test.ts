import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { caseOf, decide, mintDesk, mintStaff, reportOf } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { eventsOf, favourRows, mintPost, postRow } from '../../test/posts.ts';
import { newId } from '../ids.ts';
import { CaseTurn, tellOfCase } from './index.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;

const system = () => ({ ...h.deps, actor: null, now: h.deps.clock(), ip: '', locale: 'fr' as const, tx: null });
const noticesOf = (accountId: string, kind: 'decision' | 'case') =>
  h.db
    .select()
    .from(schema.notifications)
    .where(and(eq(schema.notifications.accountId, accountId), eq(schema.notifications.kind, kind)));

/** A reported post with its case. */
const reported = async (change: object = {}, neighbours = 4) => {
  const desk = await mintDesk(h, neighbours);
  const [author, ana, ben] = desk.people as [Resident, Resident, Resident];
  const post = await mintPost(h, author, change);
  expect((await h.call('POST', '/reports', { as: ana, body: reportOf(post.id) })).status).toBe(201);
  const caseId = (await caseOf(h, post.id))?.id ?? '';
  return { ...desk, author, ana, ben, post, caseId };
};
const appeal = (as: { cookie: string }, decisionId: string) =>
  h.call('POST', `/decisions/${decisionId}/appeal`, { as, body: { text: 'Je ne parlais de personne.' } });

describe('a decision', () => {
  test.each(['hide', 'remove'] as const)(
    '%s takes the post from everyone but its author, who reads why; reversed, it is back as it was',
    async (kind) => {
      const { referent, author, ana, ben, post, caseId } = await reported({ helpersNeeded: 2 });
      await h.call('POST', `/posts/${post.id}/favours`, { as: ben, body: {} });
      const before = await postRow(h, post.id);
      const { status, body } = await decide(h, referent, caseId, kind);
      expect([status, body.decision.kind, body.decision.by]).toEqual([201, kind, 'referent']);
      expect((await h.call('GET', `/posts/${post.id}`, { as: ana })).status).toBe(404);
      const statement = await h.call('GET', `/decisions/${body.decision.id}`, { as: author });
      expect(statement.body).toMatchObject({
        isMine: true,
        decision: { kind, reason: 'insult', text: 'Une phrase pour son auteur.', title: post.title, appeal: null },
      });
      expect(Date.parse(statement.body.decision.appealUntil)).toBeGreaterThan(Date.now() + 19 * 86_400_000);
      expect((await h.call('GET', `/decisions/${body.decision.id}`, { as: ana })).status).toBe(404);
      expect((await decide(h, referent, caseId, 'reverse', { reason: 'in-order' })).status).toBe(201);
      const { updatedAt: _, ...after } = await postRow(h, post.id);
      const { updatedAt: __, ...same } = before;
      expect(after).toEqual(same);
      expect((await favourRows(h, post.id)).map(({ state }) => state)).toEqual(['accepted']);
      expect((await eventsOf(h, post.id)).slice(-2)).toEqual(['post.closed', 'post.opened']);
      expect((await caseOf(h, post.id))?.state).toBe('closed');
    },
  );

  test('warns and pauses: the paused one reads and finishes what they promised, and begins nothing new', async () => {
    const { referent, author, ana, post, caseId } = await reported();
    const other = await mintPost(h, ana);
    const fresh = await mintPost(h, ana);
    const { body } = await h.call('POST', `/posts/${other.id}/favours`, { as: author, body: {} });
    expect((await decide(h, referent, caseId, 'pause')).body.code).toBe('decision.unfit');
    expect((await decide(h, referent, caseId, 'pause', { days: 31 })).status).toBe(400);
    expect((await decide(h, referent, caseId, 'pause', { days: 3 })).status).toBe(201);
    const draft = { kind: 'request', category: 'errands', title: 'Un pain et du lait' };
    const codes = [
      await h.call('POST', '/posts', { as: author, body: draft }),
      await h.call('POST', `/posts/${fresh.id}/favours`, { as: author, body: {} }),
    ].map((answer) => [answer.status, answer.body.code]);
    expect(codes).toEqual([
      [403, 'account.paused'],
      [403, 'account.paused'],
    ]);
    expect((await h.call('GET', '/posts', { as: author })).status).toBe(200);
    expect((await h.call('POST', `/favours/${body.favour.id}/done`, { as: author, body: {} })).status).toBe(200);
    expect((await postRow(h, post.id)).state).toBe('removed');
    expect((await decide(h, referent, caseId, 'reverse')).status).toBe(201);
    expect((await h.call('POST', '/posts', { as: author, body: draft })).status).toBe(201);
    expect((await postRow(h, post.id)).state).toBe('open');
  });

  test('excludes with its justification: no door opens any more, promises are released, and all of it is undone', async () => {
    const { referent, author, ana, post, caseId } = await reported();
    const theirs = await mintPost(h, ana);
    await h.call('POST', `/posts/${theirs.id}/favours`, { as: author, body: {} });
    const second = await mintPost(h, author);
    expect((await decide(h, referent, caseId, 'exclude')).body.code).toBe('decision.unfit');
    const dataProtection = 'Menaces répétées, après deux avertissements.';
    const { status, body } = await decide(h, referent, caseId, 'exclude', { dataProtection });
    expect(status).toBe(201);
    expect((await h.call('GET', '/posts', { as: author })).status).toBe(403);
    expect((await h.call('GET', '/me', { as: author })).body.resident).toBe(null);
    expect([(await postRow(h, post.id)).state, (await postRow(h, second.id)).state]).toEqual(['removed', 'removed']);
    expect((await favourRows(h, theirs.id)).map(({ state }) => state)).toEqual(['released']);
    expect((await postRow(h, theirs.id)).state).toBe('open');
    expect((await h.call('GET', `/decisions/${body.decision.id}`, { as: author })).body.decision.dataProtection).toBe(
      dataProtection,
    );
    expect((await appeal(author, body.decision.id)).status).toBe(201);
    const { coordinator } = { coordinator: await mintStaff(h, 'referent', author.residenceId) };
    expect((await decide(h, coordinator, caseId, 'reverse')).status).toBe(201);
    expect((await h.call('GET', '/posts', { as: author })).status).toBe(200);
    expect([(await postRow(h, post.id)).state, (await postRow(h, second.id)).state]).toEqual(['open', 'open']);
  });

  test('asks for an edit: what comes back is read again', async () => {
    const { referent, author, ana, post, caseId } = await reported();
    expect((await decide(h, referent, caseId, 'ask-edit')).status).toBe(201);
    expect((await h.call('GET', `/posts/${post.id}`, { as: ana })).status).toBe(404);
    const edited = await h.call('PATCH', `/posts/${post.id}`, {
      as: author,
      body: { title: 'Porter un petit carton' },
    });
    expect([edited.status, edited.body.post.state]).toEqual([200, 'held']);
    const again = await caseOf(h, post.id);
    expect(again).toMatchObject({ kind: 'held', state: 'open', holds: ['edited'] });
    expect((await decide(h, referent, again?.id ?? '', 'allow')).status).toBe(201);
    expect((await h.call('GET', `/posts/${post.id}`, { as: ana })).status).toBe(200);
  });

  test('is told once to whoever wrote it, however often the job runs; what waits, to those who may judge it', async () => {
    const { referent, coordinator, author, caseId } = await reported();
    const turn = (change: string) => tellOfCase(system(), CaseTurn.parse({ caseId, change }));
    await Promise.all([turn('opened'), turn('opened')]);
    expect([(await noticesOf(referent.id, 'case')).length, (await noticesOf(coordinator.id, 'case')).length]).toEqual([
      1, 0,
    ]);
    await decide(h, referent, caseId, 'warn');
    await turn('decided');
    await turn('decided');
    expect(await noticesOf(author.accountId, 'decision')).toMatchObject([{ caseId }]);
  });

  test('is refused to strangers, to the residence next door, and of what is unfit', async () => {
    const { author, ana, caseId, referent } = await reported();
    const elsewhere = (await mintDesk(h, 0)).referent;
    expect((await decide(h, elsewhere, caseId, 'remove')).status).toBe(404);
    expect((await h.call('GET', `/moderation/cases/${caseId}`, { as: elsewhere })).status).toBe(404);
    expect([(await decide(h, ana, caseId, 'allow')).status, (await decide(h, author, caseId, 'allow')).status]).toEqual(
      [403, 403],
    );
    expect((await decide(h, referent, caseId, 'uphold')).body.code).toBe('decision.unfit');
    expect((await decide(h, referent, newId(), 'allow')).status).toBe(404);
    expect((await decide(h, referent, caseId, 'allow', { text: '' })).status).toBe(400);
  });

  test("is never of one's own case, nor of one's declared family's", async () => {
    const { residence, referent, ana, author, post, caseId } = await reported();
    const grant = (accountId: string) =>
      h.db.insert(schema.roleGrants).values({ id: newId(), accountId, role: 'referent', residenceId: residence.id });
    for (const own of [author, ana]) {
      await grant(own.accountId);
      expect((await decide(h, own, caseId, 'allow')).body.code).toBe('case.own');
      expect((await h.call('GET', '/moderation/cases', { as: own })).body.items).toEqual([]);
      expect((await h.call('GET', `/moderation/cases/${caseId}`, { as: own })).body.code).toBe('case.own');
    }
    expect((await h.call('POST', `/moderation/kin/${author.id}`, { as: referent })).status).toBe(204);
    expect((await decide(h, referent, caseId, 'allow')).body.code).toBe('case.own');
    expect((await h.call('GET', '/me', { as: referent })).body.unread.cases).toBe(0);
    expect((await postRow(h, post.id)).state).toBe('open');
  });

  test('twenty at once by two referents: one rules, the others hear that it is done (C4)', async () => {
    const { residence, referent, post, caseId } = await reported();
    const second = await mintStaff(h, 'referent', residence.id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => decide(h, n % 2 ? referent : second, caseId, n % 3 ? 'remove' : 'warn')),
    );
    const won = answers.filter(({ status }) => status === 201);
    expect([won.length, answers.filter(({ body }) => body.code === 'case.closed').length]).toEqual([1, 19]);
    const isRemoved = won[0]?.body.decision.kind === 'remove';
    expect((await postRow(h, post.id)).state).toBe(isRemoved ? 'removed' : 'open');
  });

  test('against a yes at the same time leaves whoever was promised with their place, thirty times (C2)', async () => {
    for (let round = 0; round < 30; round++) {
      const { referent, ben, post, caseId } = await reported({}, 3);
      const [yes, ruled] = await Promise.all([
        h.call('POST', `/posts/${post.id}/favours`, { as: ben, body: {} }),
        decide(h, referent, caseId, 'remove'),
      ]);
      expect([ruled.status, [201, 404, 409].includes(yes.status)]).toEqual([201, true]);
      const row = await postRow(h, post.id);
      expect([row.state, row.taken]).toEqual(['removed', yes.status === 201 ? 1 : 0]);
      await decide(h, referent, caseId, 'reverse');
      expect((await postRow(h, post.id)).state).toBe(yes.status === 201 ? 'filled' : 'open');
    }
  }, 60_000);
});

describe('an appeal', () => {
  test('is lodged once, by the author alone, and answered by somebody else than whoever decided', async () => {
    const { residence, referent, coordinator, author, ana, post, caseId } = await reported();
    const { body } = await decide(h, referent, caseId, 'remove');
    const { id } = body.decision;
    expect((await appeal(ana, id)).status).toBe(404);
    const lodged = await Promise.all(Array.from({ length: 20 }, () => appeal(author, id)));
    expect(lodged.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await appeal(author, id)).body.code).toBe('appeal.exists');
    expect((await decide(h, referent, caseId, 'uphold')).body.code).toBe('case.judged');
    expect((await decide(h, coordinator, caseId, 'reverse', { reason: 'in-order' })).status).toBe(201);
    expect((await postRow(h, post.id)).state).toBe('open');
    expect((await h.call('GET', `/decisions/${id}`, { as: author })).body.decision.appeal).toMatchObject({
      outcome: 'reversed',
    });
    const second = await mintStaff(h, 'referent', residence.id);
    expect((await decide(h, second, caseId, 'reverse')).body.code).toBe('case.closed');
  });

  test('comes too late after 20 days, and never of what took nothing', async () => {
    const { referent, author, caseId } = await reported();
    const { body } = await decide(h, referent, caseId, 'remove');
    const twentyDaysAgo = new Date(Date.now() - 20 * 86_400_000 - 1_000);
    await h.db
      .update(schema.decisions)
      .set({ createdAt: twentyDaysAgo })
      .where(eq(schema.decisions.id, body.decision.id));
    expect((await appeal(author, body.decision.id)).body.code).toBe('appeal.late');
    const other = await reported();
    const allowed = await decide(h, other.referent, other.caseId, 'allow');
    expect((await appeal(other.author, allowed.body.decision.id)).body.code).toBe('appeal.late');
  });
});

test('whoever looks at a case is shown to the others for ten minutes, and keeps nobody from ruling', async () => {
  const { residence, referent, caseId } = await reported();
  const second = await mintStaff(h, 'referent', residence.id);
  const look = (as: { cookie: string }) => h.call('POST', `/moderation/cases/${caseId}/look`, { as });
  expect((await look(referent)).body).toEqual({ isMine: true, heldBy: null });
  expect((await look(second)).body.isMine).toBe(false);
  const seen = await h.call('GET', `/moderation/cases/${caseId}`, { as: second });
  expect(seen.body.case.heldBy).not.toBe(null);
  expect((await decide(h, second, caseId, 'allow')).status).toBe(201);
});
