import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { caseOf, decide, mintDesk, mintStaff, reportOf } from '../../test/desk.ts';
import { openLiveHarness, type TestReader, until } from '../../test/live-harness.ts';
import { mintPost } from '../../test/posts.ts';

const h = await openLiveHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
const soonMs = 5_000;
const dataProtection = 'Menaces répétées, après deux avertissements.';

/** A desk with two referents who have their queue open, and a reported post of its residence. */
const opened = async () => {
  const desk = await mintDesk(h, 4);
  const [author, ana, ben] = desk.people as [Resident, Resident, Resident];
  const second = await mintStaff(h, 'referent', desk.residence.id);
  const elsewhere = (await mintDesk(h, 0)).referent;
  const post = await mintPost(h, author);
  await h.settled();
  const queues = await Promise.all([h.read(desk.referent), h.read(second)]);
  const far = await h.read(elsewhere);
  expect((await h.call('POST', '/reports', { as: ana, body: reportOf(post.id) })).status).toBe(201);
  const caseId = (await caseOf(h, post.id))?.id ?? '';
  return { ...desk, author, ana, ben, second, post, caseId, queues, far };
};
const wordsOf = (reader: TestReader, caseId: string) =>
  reader.events.filter((frame) => frame.type === 'case.changed' && frame.caseId === caseId).length;
const allHear = (queues: readonly TestReader[], caseId: string, times: number) =>
  until(() => queues.every((one) => wordsOf(one, caseId) >= times), `word ${times} of the case`, soonMs);

test('the open queues of two referents hear of a case that comes, is looked at and is decided; nobody elsewhere does', async () => {
  const { referent, second, ana, caseId, queues, far } = await opened();
  const others = await h.read(ana);
  await allHear(queues, caseId, 1);
  expect((await h.call('POST', `/moderation/cases/${caseId}/look`, { as: referent })).status).toBe(200);
  await allHear(queues, caseId, 2);
  const seen = await h.call('GET', '/moderation/cases', { as: second });
  expect(seen.body.items[0]).toMatchObject({ id: caseId, heldBy: 'referent' });
  expect((await h.call('GET', '/moderation/cases', { as: referent })).body.items[0].heldBy).toBe(null);
  expect((await decide(h, second, caseId, 'warn')).status).toBe(201);
  await allHear(queues, caseId, 3);
  expect((await h.call('GET', '/moderation/cases', { as: referent })).body.items).toEqual([]);
  await h.settled();
  expect([wordsOf(far, caseId), wordsOf(others, caseId)]).toEqual([0, 0]);
  expect((await decide(h, referent, caseId, 'remove')).body.code).toBe('case.closed');
});

test('an exclusion closes every socket of whoever is excluded, and their posts leave the others’, within five seconds', async () => {
  const { referent, author, ben, post, caseId } = await opened();
  const theirs = [await h.read(author), await h.read(author)];
  const neighbour = await h.read(ben);
  expect((await decide(h, referent, caseId, 'exclude', { dataProtection })).status).toBe(201);
  for (const socket of theirs) await socket.whenClosed(soonMs);
  await until(() => neighbour.told(post.id).includes('closed removed'), 'the post leaving', soonMs);
  expect((await h.call('GET', '/posts', { as: author })).status).toBe(403);
  const host = { origin: h.env.origin.origin, cookie: author.cookie };
  const isHearing = await h.statusOf(host);
  const after = isHearing === 101 ? await h.read(author) : null;
  const other = await mintPost(h, ben);
  expect((await h.call('POST', `/posts/${other.id}/favours`, { as: author, body: {} })).status).toBe(403);
  await h.settled();
  expect(after?.events ?? []).toEqual([]);
});

test('a pause takes the post from open screens within five seconds, and stops the paused one at once', async () => {
  const { referent, author, ana, ben, post, caseId } = await opened();
  const neighbour = await h.read(ben);
  const fresh = await mintPost(h, ana);
  expect((await decide(h, referent, caseId, 'pause', { days: 2 })).status).toBe(201);
  await until(() => neighbour.told(post.id).includes('closed removed'), 'the post leaving', soonMs);
  const yes = await h.call('POST', `/posts/${fresh.id}/favours`, { as: author, body: {} });
  expect([yes.status, yes.body.code]).toEqual([403, 'account.paused']);
});

test('a block takes each other’s posts from both open screens within five seconds', async () => {
  const desk = await mintDesk(h, 2);
  const [ana, ben] = desk.people as [Resident, Resident];
  const [hers, his] = [await mintPost(h, ana), await mintPost(h, ben)];
  await h.settled();
  const screens = { ana: await h.read(ana), ben: await h.read(ben) };
  expect((await h.call('POST', `/blocks/${ben.id}`, { as: ana })).status).toBe(204);
  await until(() => screens.ana.told(his.id).length > 0 && screens.ben.told(hers.id).length > 0, 'both leave', soonMs);
  expect([screens.ana.told(his.id)[0], screens.ben.told(hers.id)[0]]).toMatchObject([
    expect.stringMatching(/^closed/),
    expect.stringMatching(/^closed/),
  ]);
});

test('a pause or an exclusion at the moment of a yes: nothing is begun after its answer, eight times (C4)', async () => {
  for (let round = 0; round < 8; round += 1) {
    const { referent, author, ana, caseId } = await opened();
    const theirs = await mintPost(h, ana);
    const kind = round % 2 ? 'exclude' : 'pause';
    const more = kind === 'exclude' ? { dataProtection } : { days: 2 };
    const [yes, ruled] = await Promise.all([
      h.call('POST', `/posts/${theirs.id}/favours`, { as: author, body: {} }),
      decide(h, referent, caseId, kind, more),
    ]);
    expect(ruled.status).toBe(201);
    expect([201, 403, 404, 409]).toContain(yes.status);
    const live = await h.db
      .select({ state: schema.favours.state })
      .from(schema.favours)
      .where(eq(schema.favours.acceptedBy, author.id));
    if (kind === 'exclude') expect(live.every(({ state }) => state === 'released')).toBe(true);
    const again = await mintPost(h, ana);
    const late = await h.call('POST', `/posts/${again.id}/favours`, { as: author, body: {} });
    expect(late.status).toBe(403);
  }
}, 60_000);
