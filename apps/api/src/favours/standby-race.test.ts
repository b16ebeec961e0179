import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { favourRows, mintPost, wrongsOf } from '../../test/posts.ts';

const h = await openHarness();

/** Resolves once some backend of this database waits for a lock; the watched call settling first ends the watch too. */
const untilWaiting = async (watched: Promise<unknown>): Promise<void> => {
  let isSettled = false;
  const settled = watched.finally(() => {
    isSettled = true;
  });
  settled.catch(() => undefined);
  for (let look = 0; look < 2000 && !isSettled; look++) {
    const { rows } = await h.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
};

test('whoever answers while a place is freeing takes it, and does not stand by for an open post', async () => {
  const [ana, ben, chloe] = [await h.mintResident(), await h.mintResident(), await h.mintResident()];
  const post = await mintPost(h, ana);
  expect((await h.call('POST', `/posts/${post.id}/favours`, { as: ben, body: {} })).status).toBe(201);
  const leaving = await h.pool.connect();
  try {
    await leaving.query('begin');
    await leaving.query('select from posts where id = $1 for no key update', [post.id]);
    const answer = h.call('POST', `/posts/${post.id}/favours`, { as: chloe, body: {} });
    await untilWaiting(answer);
    await leaving.query(`update favours set state = 'withdrawn' where post_id = $1`, [post.id]);
    await leaving.query('update residents set open_favours = 0 where id = $1', [ben.id]);
    await leaving.query(`update posts set taken = 0, state = 'open' where id = $1`, [post.id]);
    await leaving.query('commit');
    const { status, body } = await answer;
    expect([status, body.code, body.favour?.state]).toEqual([201, undefined, 'accepted']);
  } finally {
    leaving.release();
  }
  const states = (await favourRows(h, post.id)).map(({ acceptedBy, state }) => [acceptedBy, state]);
  expect(states).toEqual(
    expect.arrayContaining([
      [ben.id, 'withdrawn'],
      [chloe.id, 'accepted'],
    ]),
  );
  expect(await wrongsOf(h, [post.id], [ben.id, chloe.id])).toEqual([]);
});
