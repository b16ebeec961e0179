import { schema } from '@palier/db';
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { caseOf, decide, mintDesk, reportOf } from '../../test/desk.ts';
import { openHarness, password } from '../../test/harness.ts';
import { newId } from '../ids.ts';

const h = await openHarness();

const dataProtection = 'La personne n’a pas été reconnue parmi les habitants.';

/** Somebody who enters a residence with a code of its hall. */
const enter = async (residenceId: string, kind: 'poster' | 'slip' | 'letter' = 'poster', displayName = 'Nina') => {
  const { code } = await h.mintInvitation(residenceId, kind);
  const body = { code, displayName, email: `${newId()}@example.test`, password, adult: true };
  const answer = await h.call('POST', '/residents', { body });
  expect(answer.status).toBe(201);
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  return { id: answer.body.resident.id as string, cookie };
};
const waitingFor = async (as: { cookie: string }) =>
  (await h.call('GET', '/moderation/cases', { as })).body.items as { id: string; kind: string; title: string }[];
const standingOf = async (id: string) => {
  const [row] = await h.db.select().from(schema.residents).where(eq(schema.residents.id, id));
  return row;
};

test('whoever enters by the poster waits in the one queue with two answers; by a slip or a letter nobody waits', async () => {
  const { residence, referent } = await mintDesk(h, 0);
  const nina = await enter(residence.id);
  await enter(residence.id, 'slip', 'Paul');
  await enter(residence.id, 'letter', 'Rose');
  const [card, ...others] = await waitingFor(referent);
  expect([card?.kind, card?.title, others]).toEqual(['arrival', 'Nina', []]);
  const read = await h.call('GET', `/moderation/cases/${card?.id}`, { as: referent });
  expect(read.body.case).toMatchObject({
    mayDecide: ['allow', 'exclude'],
    newcomer: { stair: null, enteredBy: 'poster', vouches: 0 },
    about: { id: nina.id, trust: 'new' },
  });
  expect((await decide(h, referent, card?.id ?? '', 'pause', { days: 2 })).body.code).toBe('decision.unfit');
});

test('a welcome makes them known and tells them, once, with twenty at a time', async () => {
  const { residence, referent } = await mintDesk(h, 0);
  const nina = await enter(residence.id);
  const [card] = await waitingFor(referent);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => decide(h, referent, card?.id ?? '', 'allow', { reason: 'in-order' })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(await standingOf(nina.id)).toMatchObject({ trust: 'known', trustFrom: 'referent' });
  const notices = await h.db
    .select()
    .from(schema.notifications)
    .where(eq(schema.notifications.accountId, (await standingOf(nina.id))?.accountId ?? ''));
  expect(notices.map(({ kind, turn }) => [kind, turn])).toEqual([['account', 'trust']]);
  expect(await waitingFor(referent)).toEqual([]);
});

test('whoever is not of here loses the residence, reads why, and comes back when it is taken back', async () => {
  const { residence, referent } = await mintDesk(h, 0);
  const nina = await enter(residence.id);
  const [card] = await waitingFor(referent);
  const ruled = await decide(h, referent, card?.id ?? '', 'exclude', { reason: 'not-ours', dataProtection });
  expect([ruled.status, ruled.body.decision.reason]).toEqual([201, 'not-ours']);
  expect((await h.call('GET', '/posts', { as: nina })).status).toBe(403);
  const statement = await h.call('GET', `/decisions/${ruled.body.decision.id}`, { as: nina });
  expect(statement.body.decision).toMatchObject({ reason: 'not-ours', dataProtection });
  expect((await decide(h, referent, card?.id ?? '', 'reverse')).status).toBe(201);
  expect((await h.call('GET', '/posts', { as: nina })).status).toBe(200);
});

test('a report on somebody new is a case of its own, and their arrival closes when they become known another way', async () => {
  const { residence, referent, people } = await mintDesk(h, 1);
  const nina = await enter(residence.id);
  await h.call('POST', '/reports', { as: people[0], body: { ...reportOf(nina.id), subject: 'resident' } });
  expect((await waitingFor(referent)).map(({ kind }) => kind)).toEqual(['arrival', 'report']);
  const body = { residentId: nina.id };
  expect((await h.call('POST', `/residences/${residence.id}/residents`, { as: referent, body })).status).toBe(200);
  expect((await waitingFor(referent)).map(({ kind }) => kind)).toEqual(['report']);
});

test('whoever moves by a poster waits at the new residence, and no longer at the old', async () => {
  const [old, next] = [await mintDesk(h, 0), await mintDesk(h, 0)];
  const nina = await enter(old.residence.id);
  const { code } = await h.mintInvitation(next.residence.id, 'poster');
  expect((await h.call('POST', '/me/residence', { as: nina, body: { code } })).status).toBe(200);
  expect([await waitingFor(old.referent), (await waitingFor(next.referent)).length]).toEqual([[], 1]);
  expect((await caseOf(h, nina.id))?.state).toBe('open');
  const opened = await h.db
    .select()
    .from(schema.cases)
    .where(and(eq(schema.cases.aboutId, nina.id), eq(schema.cases.kind, 'arrival')));
  expect(opened.map(({ state }) => state).toSorted()).toEqual(['closed', 'open']);
});
