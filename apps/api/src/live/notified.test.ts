import { inTransaction } from '@palier/db';
import { expect, test } from 'vitest';
import { openLiveHarness, until } from '../../test/live-harness.ts';
import { mintPost } from '../../test/posts.ts';
import { notify } from '../notifications/index.ts';

const h = await openLiveHarness();

const tell = async (accountId: string, postId: string) => {
  const entry = { at: new Date(), actorId: null, actorRole: 'system', action: 'post.tell', subject: 'post' } as const;
  await inTransaction(h.db, (tx) => notify(tx, entry, [{ accountId, kind: 'ask', postId }]));
  h.doorbell.ring();
  await h.settled();
};

test('a notification is told to its own account, live and after a cut, as an id and nothing else', async () => {
  const [author, told, other] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
  const [mine, theirs] = [await h.read(told), await h.read(other)];
  const post = await mintPost(h, author);
  await tell(told.accountId, post.id);
  const { body, headers } = await h.call('GET', '/notifications', { as: told });
  await until(() => mine.events.length === 1, 'the notification');
  expect(mine.events[0]).toMatchObject({ type: 'notification.created', notificationId: body.items[0].id });
  expect(Object.keys(mine.events[0] ?? {}).sort()).toEqual(['after', 'notificationId', 'seq', 'type']);
  expect(Number(headers['palier-seq'])).toBeGreaterThanOrEqual(mine.events[0]?.seq ?? Number.POSITIVE_INFINITY);
  const after = (mine.events[0]?.seq ?? 0) - 1;
  const resumed = await h.read(told, `?after=${after}`);
  await until(() => resumed.events.length === 1, 'the notification again');
  expect(resumed.events).toEqual([expect.objectContaining({ after, notificationId: body.items[0].id })]);
  await tell(other.accountId, post.id);
  await until(() => theirs.events.length === 1, 'their own');
  expect(theirs.events.map(({ type }) => type)).toEqual(['notification.created']);
  expect(mine.events).toHaveLength(1);
});

test('an account without a resident hears its own too', async () => {
  const [account, author] = [await h.mintAccount(), await h.mintResident()];
  const reader = await h.read(account);
  await tell(account.id, (await mintPost(h, author)).id);
  await until(() => reader.events.length === 1, 'the notification');
  const again = await h.read(account, `?after=${(reader.events[0]?.seq ?? 0) - 1}`);
  await until(() => again.events.length === 1, 'the notification again');
  expect(again.events.map(({ type }) => type)).toEqual(['notification.created']);
});
