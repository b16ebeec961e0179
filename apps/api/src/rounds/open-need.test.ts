import { inTransaction, schema, watchAs } from '@palier/db';
import { eq, inArray } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { checksOf, mintWatch, nth, setWeather, tick } from '../../test/watch.ts';
import { newId } from '../ids.ts';

let now = new Date('2026-07-06T05:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const { audit, posts, residents } = schema;

type Someone = { cookie: string };
const answer = (as: Someone, attemptId: string, outcome: string, at?: string) =>
  h.call('POST', `/watch/attempts/${attemptId}/outcome`, { as, body: { outcome, ...(at && { at }) } });
const ask = (as: Someone, attemptId: string, need = 'errands', headers: Record<string, string> = {}) =>
  h.call('POST', `/watch/attempts/${attemptId}/need`, { as, body: { need, consent: 'spoken' }, headers });
const needsOf = async (as: Someone) => (await h.call('GET', '/watch/visits', { as })).body.needs;
const postsOf = (residentIds: readonly string[]) =>
  h.db
    .select()
    .from(posts)
    .where(inArray(posts.authorId, [...residentIds]));

const pastWall = <T>(work: Parameters<typeof inTransaction<T>>[1]) =>
  inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', now);
    return work(tx);
  });

/** A watch of one whose first check somebody took, by default a volunteer. */
const taken = async (by?: (watch: Awaited<ReturnType<typeof mintWatch>>) => Promise<Someone> | Someone) => {
  now = new Date('2026-07-06T05:00:00Z');
  const watch = await mintWatch(h, { people: 1, volunteers: 1 });
  await setWeather(h, watch.residence.territoryId, '01', 'orange');
  now = new Date('2026-07-06T07:00:00Z');
  await tick(h);
  const visitor = by ? await by(watch) : nth(watch.volunteers, 0);
  const [check] = await checksOf(h, watch.people);
  const claim = await h.call('POST', `/watch/checks/${check?.id}/claim`, { as: visitor });
  const { residentId } = nth(watch.people, 0);
  return { ...watch, visitor, residentId, attemptId: String(claim.body.check?.attemptId) };
};
const needing = async (by?: Parameters<typeof taken>[0]) => {
  const visit = await taken(by);
  expect((await answer(visit.visitor, visit.attemptId, 'needs-something')).status).toBe(200);
  return visit;
};

test('a volunteer of another residence opens it in the person’s own, as theirs; the log says who, and the post nothing of the watch', async () => {
  let volunteer = '';
  const visit = await needing(async ({ residence, coordinator }) => {
    const next = await h.mintResidence();
    await h.db
      .update(schema.residences)
      .set({ territoryId: residence.territoryId })
      .where(eq(schema.residences.id, next.id));
    const someone = await h.mintResident({ residenceId: next.id, displayName: 'Nadia' });
    await pastWall((tx) =>
      tx.insert(schema.watchVolunteers).values({
        ...{ id: newId(), residentId: someone.id, territoryId: residence.territoryId },
        ...{ offeredAt: now, acceptedAt: now, acceptedBy: coordinator.id },
      }),
    );
    volunteer = someone.accountId;
    return someone;
  });
  expect(await needsOf(visit.visitor)).toEqual([{ attemptId: visit.attemptId, firstName: 'Jeanne' }]);
  const opened = await ask(visit.visitor, visit.attemptId);
  expect([opened.status, opened.body]).toEqual([201, { need: 'errands' }]);
  const [post] = await postsOf([visit.residentId]);
  expect(post).toMatchObject({
    ...{ kind: 'request', category: 'errands', audience: 'residence', state: 'open', details: '' },
    ...{ residenceId: visit.residence.id, title: 'Des courses à faire', onBehalf: false },
  });
  const log = await h.db
    .select()
    .from(audit)
    .where(eq(audit.subjectId, post?.id ?? ''));
  const by = { actorId: volunteer, actorRole: 'resident', onBehalfOf: visit.residentId };
  expect(log.filter(({ action }) => action === 'post.create')).toMatchObject([by]);
  const neighbour = await h.mintResident({ residenceId: visit.residence.id });
  const read = await h.call('GET', `/posts/${post?.id}`, { as: neighbour });
  expect(read.text).not.toMatch(/veille|watch|Nadia|passage/i);
  expect(await needsOf(visit.visitor)).toEqual([]);
});

test('a reader who lives nowhere here opens it, in the language of the entry', async () => {
  const visit = await needing(({ readers }) => readers[0]);
  await pastWall((tx) =>
    tx
      .update(schema.watchPeople)
      .set({ language: 'en' })
      .where(eq(schema.watchPeople.id, nth(visit.people, 0).id)),
  );
  expect((await ask(visit.visitor, visit.attemptId, 'company')).status).toBe(201);
  const [post] = await postsOf([visit.residentId]);
  expect(post).toMatchObject({ title: 'A visit would be welcome', residenceId: visit.residence.id });
  const [log] = await h.db
    .select()
    .from(audit)
    .where(eq(audit.subjectId, post?.id ?? ''));
  expect(log).toMatchObject({ actorId: visit.readers[0].id, actorRole: 'visitor', onBehalfOf: visit.residentId });
});

test('for a neighbour without internet it is like any post of theirs: by way of the referent, whose sheet says what was asked and not who visited', async () => {
  const visit = await needing();
  const { residentId } = visit;
  await h.db
    .insert(schema.residentConsents)
    .values({ residentId, consent: 'written', recordedBy: visit.referent.id, givenAt: now });
  expect((await ask(visit.visitor, visit.attemptId, 'other')).status).toBe(201);
  const [post] = await postsOf([residentId]);
  const neighbour = await h.mintResident({ residenceId: visit.residence.id });
  const read = await h.call('GET', `/posts/${post?.id}`, { as: neighbour });
  expect(read.body.post).toMatchObject({ title: 'Un coup de main', viaReferent: true });
  const sheet = await h.call('GET', `/offline-residents/${residentId}/sheet`, { as: visit.referent });
  expect(sheet.body.sheet.acts).toMatchObject([{ action: 'post.create', title: 'Un coup de main', by: '' }]);
});

test('it is opened once: a retry hears the same, another time hears that it was done', async () => {
  const visit = await needing();
  const headers = { 'idempotency-key': newId() };
  const answers = [
    await ask(visit.visitor, visit.attemptId, 'errands', headers),
    await ask(visit.visitor, visit.attemptId, 'errands', headers),
    await ask(visit.visitor, visit.attemptId, 'other'),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [201, undefined],
    [201, undefined],
    [409, 'check.answered'],
  ]);
  expect(await postsOf([visit.residentId])).toHaveLength(1);
});

test('twenty at once open one', async () => {
  const visit = await needing();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(visit.visitor, visit.attemptId)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.code === 'check.answered')).toHaveLength(19);
  expect(await postsOf([visit.residentId])).toHaveLength(1);
});

test('it is not there for a stranger, another reader, without that outcome, nor once they left the watch', async () => {
  const visit = await needing();
  const stranger = await h.mintResident({ residenceId: visit.residence.id });
  for (const as of [stranger, visit.readers[1]]) {
    expect([(await ask(as, visit.attemptId)).body.code, await needsOf(as)]).toEqual(['resource.absent', []]);
  }
  const well = await taken();
  expect((await ask(well.visitor, well.attemptId)).status).toBe(404);
  await answer(well.visitor, well.attemptId, 'reached');
  expect([(await ask(well.visitor, well.attemptId)).status, await needsOf(well.visitor)]).toEqual([404, []]);
  await pastWall((tx) =>
    tx
      .update(schema.watchPeople)
      .set({ withdrawnAt: now })
      .where(eq(schema.watchPeople.id, nth(visit.people, 0).id)),
  );
  expect([(await ask(visit.visitor, visit.attemptId)).status, await needsOf(visit.visitor)]).toEqual([404, []]);
  expect(await postsOf([visit.residentId, well.residentId])).toEqual([]);
});

test('after a claim that lapsed and an answer that waited, it is offered by first name until 24 h after the tap, never later', async () => {
  const visit = await taken();
  now = new Date('2026-07-06T12:00:00Z');
  await answer(visit.visitor, visit.attemptId, 'needs-something', '2026-07-06T07:30:00.000Z');
  const shown = await h.call('GET', '/watch/visits', { as: visit.visitor });
  expect([shown.body.held, shown.body.needs]).toEqual([[], [{ attemptId: visit.attemptId, firstName: 'Jeanne' }]]);
  expect(shown.text).not.toMatch(/gauche|Martin|0450/);
  now = new Date('2026-07-07T07:30:00.000Z');
  expect(await needsOf(visit.visitor)).toHaveLength(1);
  now = new Date('2026-07-07T07:30:00.001Z');
  expect([await needsOf(visit.visitor), (await ask(visit.visitor, visit.attemptId)).body.code]).toEqual([
    [],
    'resource.absent',
  ]);
});

test('whoever is paused opens nothing, and what is refused leaves it to be opened', async () => {
  const visit = await needing();
  const until = new Date('2026-07-06T09:00:00Z');
  await h.db.update(residents).set({ pausedUntil: until }).where(eq(residents.id, visit.residentId));
  expect((await ask(visit.visitor, visit.attemptId)).body.code).toBe('account.paused');
  await h.db.update(residents).set({ pausedUntil: null }).where(eq(residents.id, visit.residentId));
  expect(await needsOf(visit.visitor)).toHaveLength(1);
  expect((await ask(visit.visitor, visit.attemptId, 'other')).status).toBe(201);
});
