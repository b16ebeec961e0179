import { expect, test } from 'vitest';
import { caseOf, decide, mintDesk, mintStaff, reportOf } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { mintPost } from '../../test/posts.ts';

const h = await openHarness();
type Line = { action: string; actor: string | null; about: string | null; reason: string | null; isWhole: boolean };
const read = async (as: { cookie: string }, query = ''): Promise<Line[]> =>
  (await h.call('GET', `/audit${query}`, { as })).body.items;
const codes = (lines: readonly Line[]) => lines.map(({ action }) => action);

/** A desk where a post was reported, looked at and removed, with a reason. */
const ruled = async () => {
  const desk = await mintDesk(h, 2);
  const [author, ana] = desk.people;
  if (!author || !ana) throw new Error('two neighbours');
  const post = await mintPost(h, author);
  await h.call('POST', '/reports', { as: ana, body: reportOf(post.id) });
  const caseId = (await caseOf(h, post.id))?.id ?? '';
  await h.call('POST', `/moderation/cases/${caseId}/look`, { as: desk.referent });
  expect((await decide(h, desk.referent, caseId, 'remove')).status).toBe(201);
  return { ...desk, post };
};

test('says who did what to whom and why, the newest first, and that it was read', async () => {
  const { referent, coordinator, post } = await ruled();
  const lines = await read(referent);
  expect(codes(lines)).toEqual(['audit.read', 'case.remove', 'case.look', 'report.create']);
  expect(lines[1]).toMatchObject({ actor: 'referent', about: 'Camille', reason: 'insult', isWhole: true });
  expect(lines[3]).toMatchObject({ actor: null, about: 'Camille' });
  expect(codes(await read(coordinator, `?subjectId=${post.id}`))).toEqual([
    'case.remove',
    'case.look',
    'report.create',
  ]);
  expect(codes(await read(referent)).filter((code) => code === 'audit.read')).toHaveLength(2);
});

test('is searched by what was done, the reason or whoever did it', async () => {
  const { referent } = await ruled();
  expect(codes(await read(referent, '?action=case.look&action=report.create'))).toEqual(['case.look', 'report.create']);
  expect(codes(await read(referent, '?q=insult'))).toEqual(['case.remove', 'report.create']);
  expect(codes(await read(referent, '?q=nobody'))).toEqual([]);
  expect((await h.call('GET', '/audit?action=no.such', { as: referent })).status).toBe(400);
});

test('shows a desk its own residences, and a resident nothing', async () => {
  const { people, residence } = await ruled();
  const elsewhere = (await mintDesk(h, 0)).referent;
  expect(codes(await read(elsewhere, `?residenceId=${residence.id}`))).toEqual([]);
  expect((await h.call('GET', '/audit', { as: people[0] })).status).toBe(403);
  const second = await mintStaff(h, 'referent', residence.id);
  expect(codes(await read(second)).filter((code) => code !== 'audit.read')).toEqual([
    'case.remove',
    'case.look',
    'report.create',
  ]);
});
