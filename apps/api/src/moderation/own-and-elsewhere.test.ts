import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { caseOf, decide, grantReferent, mintDesk, mintStaff, openCase, reportOf } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { mintPost } from '../../test/posts.ts';

const h = await openHarness();
const dataProtection = 'Menaces répétées, après deux avertissements.';

test('whoever moved away is neither paused nor excluded nor welcomed from the residence they left', async () => {
  const { referent } = await mintDesk(h, 0);
  const { residence, referent: former } = await mintDesk(h, 0);
  const gone = await h.mintResident({ residenceId: residence.id, stairId: null });
  const caseId = await openCase(h, gone);
  const { id: next } = await h.mintResidence();
  await h.db.update(schema.residents).set({ residenceId: next, stairId: null }).where(eq(schema.residents.id, gone.id));
  expect((await decide(h, former, caseId, 'exclude', { dataProtection })).body.code).toBe('decision.unfit');
  expect((await decide(h, former, caseId, 'pause', { days: 3 })).body.code).toBe('decision.unfit');
  expect((await h.call('GET', '/posts', { as: gone })).status).toBe(200);
  expect((await decide(h, former, caseId, 'warn')).status).toBe(201);
  expect((await decide(h, referent, caseId, 'allow')).status).toBe(404);
});

test('a statement of reasons is read by its author and the desk, never by a referent who reported it', async () => {
  const { residence, referent, people } = await mintDesk(h, 2);
  const [author, ana] = people;
  if (!author || !ana) throw new Error('two neighbours');
  const post = await mintPost(h, author);
  await h.call('POST', '/reports', { as: ana, body: reportOf(post.id) });
  await grantReferent(h, ana.accountId, residence.id);
  const { body } = await decide(h, referent, (await caseOf(h, post.id))?.id ?? '', 'remove');
  const read = (as: { cookie: string }) => h.call('GET', `/decisions/${body.decision.id}`, { as });
  const second = await mintStaff(h, 'referent', residence.id);
  expect([(await read(author)).status, (await read(second)).status, (await read(ana)).status]).toEqual([200, 200, 404]);
});

test('a referent retired meanwhile, with the page still open, rules on nothing any more', async () => {
  const { residence, people } = await mintDesk(h, 1);
  const stale = await mintStaff(h, 'referent', residence.id);
  const caseId = await openCase(h, people[0] ?? { id: '', residenceId: '' });
  expect((await h.call('GET', `/moderation/cases/${caseId}`, { as: stale })).status).toBe(200);
  await h.db.update(schema.roleGrants).set({ revokedAt: new Date() }).where(eq(schema.roleGrants.accountId, stale.id));
  expect((await decide(h, stale, caseId, 'remove')).status).toBe(403);
  expect((await caseOf(h, people[0]?.id ?? ''))?.state).toBe('open');
});
