import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { openSession, stageActing } from '../../test/offline.ts';

const h = await openHarness();
const ask = { kind: 'request', category: 'errands', title: 'Un pain et du lait', audience: 'residence' };

/** A helper who said yes to a neighbour without internet, and wrote to them. */
const stage = async () => {
  const staged = await stageActing(h);
  const helper = await h.mintResident({ residenceId: staged.home.id, displayName: 'Hugo' });
  const { post } = (await staged.acting.call('POST', '/posts', ask)).body;
  const { favour } = (await h.call('POST', `/posts/${post.id}/favours`, { as: helper, body: {} })).body;
  const talk = `/conversations/${favour.id}`;
  const told = await h.call('POST', `${talk}/messages`, { as: helper, body: { text: 'À quelle heure ?' } });
  return { ...staged, helper, talk, favourId: favour.id as string, messageId: told.body.message.id as string };
};

test('what a helper writes to a neighbour without internet is read and answered by whoever acts for them, and written down', async () => {
  const { acting, helper, talk, favourId, messageId, referent, neighbour } = await stage();
  const list = await acting.call('GET', '/conversations');
  expect(list.body.items).toMatchObject([{ id: favourId, unread: 1, myTurn: true }]);
  const { items } = (await acting.call('GET', `${talk}/messages`)).body;
  expect(items).toMatchObject([{ id: messageId, text: 'À quelle heure ?', mine: false }]);
  expect((await acting.call('POST', `${talk}/read`, { messageId })).status).toBe(204);
  expect((await acting.call('POST', `${talk}/messages`, { text: 'Vers dix heures.' })).status).toBe(201);
  const heard = (await h.call('GET', `${talk}/messages`, { as: helper })).body.items;
  expect(heard[0]).toMatchObject({ text: 'Vers dix heures.', mine: false, author: { id: neighbour.id } });
  const log = await h.db.select().from(schema.audit).where(eq(schema.audit.subjectId, favourId));
  const sent = log.filter(({ action, onBehalfOf }) => action === 'message.send' && onBehalfOf !== null);
  expect(sent).toMatchObject([{ actorId: referent.id, actorRole: 'referent', onBehalfOf: neighbour.id }]);
  const sheet = await h.call('GET', `/offline-residents/${neighbour.id}/sheet`, { as: referent });
  expect(sheet.body.sheet.acts[0]).toMatchObject({ action: 'message.send', title: ask.title, other: 'Hugo' });
});

test('what a referent writes for them says so to both sides, and whoever helps knows who writes', async () => {
  const { acting, helper, talk, neighbour } = await stage();
  const sent = await acting.call('POST', `${talk}/messages`, { text: 'Vers dix heures.' });
  const said = { author: { id: neighbour.id, displayName: 'Mme Roux' }, writtenBy: 'Rémi' };
  expect(sent.body.message).toMatchObject({ ...said, mine: true });
  const ofHelper = await h.call('GET', `${talk}/messages`, { as: helper });
  expect(ofHelper.body.items).toMatchObject([
    { ...said, mine: false },
    { author: { id: helper.id }, writtenBy: null },
  ]);
  expect((await acting.call('GET', `${talk}/messages`)).body.items[0]).toMatchObject({ ...said, mine: true });
  const seen = await h.call('GET', talk, { as: helper });
  expect(seen.body.conversation.with).toMatchObject([{ id: neighbour.id, helpedBy: 'Rémi' }]);
  expect((await acting.call('GET', talk)).body.conversation.with).toMatchObject([{ id: helper.id, helpedBy: null }]);
});

test('photos are seen and sent in their name, by whoever acts for them alone', async () => {
  const { acting, helper, talk, referent, neighbour } = await stage();
  const picture = { create: { width: 40, height: 30, channels: 3, background: '#b4452d' } } as const;
  const bytes = await sharp(picture).png().toBuffer();
  const send = (as: { cookie: string }, more: Record<string, string> = {}) =>
    h.call('POST', `${talk}/photos`, { as, body: bytes, headers: { 'content-type': 'image/png', ...more } });
  const mine = { 'palier-acting-for': acting.id };
  const theirs = (await send(helper)).body.message.photo.id;
  expect((await acting.call('GET', `/photos/${theirs}`)).status).toBe(200);
  expect((await h.call('GET', `/photos/${theirs}`, { as: referent })).status).toBe(403);
  const sent = await send(referent, mine);
  expect([sent.status, sent.body.message.author.id, sent.body.message.writtenBy]).toEqual([201, neighbour.id, 'Rémi']);
  expect((await h.call('GET', `/photos/${sent.body.message.photo.id}`, { as: helper })).status).toBe(200);
  expect((await h.call('POST', `/acting-sessions/${acting.id}/close`, { as: referent })).status).toBe(204);
  expect((await acting.call('GET', `/photos/${theirs}`)).body.code).toBe('acting.over');
  expect((await send(referent, mine)).body.code).toBe('acting.over');
});

test('no door is read, shared or taken back in their name, nor a meeting made', async () => {
  const { acting, helper, talk } = await stage();
  await h.call('POST', `${talk}/door`, { as: helper, body: { floor: '3', door: 'Porte-Canari' } });
  const read = await acting.call('GET', talk);
  expect(read.body.conversation).toMatchObject({ doors: [], myDoor: null, mayShareDoor: false });
  expect(read.text).not.toContain('Porte-Canari');
  for (const [method, path] of [
    ['POST', `${talk}/door`],
    ['DELETE', `${talk}/door`],
    ['POST', `${talk}/meeting`],
    ['POST', `${talk}/typing`],
  ] as const)
    expect([path, (await acting.call(method, path, {})).body.code]).toEqual([path, 'acting.unable']);
});

test('without acting a referent reads none of it, and nobody answers themselves in a neighbour’s name', async () => {
  const { home, referent, neighbour, talk, acting } = await stage();
  for (const path of ['/conversations', talk, `${talk}/messages`])
    expect([path, (await h.call('GET', path, { as: referent })).status]).toEqual([path, 403]);
  const resident = await h.mintResident({ residenceId: home.id });
  await h.db
    .insert(schema.roleGrants)
    .values({ id: crypto.randomUUID(), accountId: resident.accountId, role: 'referent', residenceId: home.id });
  const { post } = (await acting.call('POST', '/posts', ask)).body;
  const { favour } = (await h.call('POST', `/posts/${post.id}/favours`, { as: resident, body: {} })).body;
  const own = await openSession(h, resident, neighbour.id);
  const answer = await own.call('POST', `/conversations/${favour.id}/messages`, { text: 'Merci à moi' });
  expect([answer.status, answer.body.code]).toEqual([403, 'acting.self']);
});
