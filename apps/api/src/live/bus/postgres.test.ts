import { inTransaction } from '@palier/db';
import { expect, test } from 'vitest';
import { factsOf } from '../../../test/live-facts.ts';
import { openLiveHarness, until } from '../../../test/live-harness.ts';
import { cellIndexOf } from '../../places/index.ts';
import { record } from '../../record.ts';

// Two processes' worth of parts on one database: the first stamps, the second only listens.
const stamping = await openLiveHarness();
const listening = await openLiveHarness({}, {}, { hasSequencer: false });
const { post } = factsOf(stamping);
const home = await stamping.mintResidence();
const author = await stamping.mintResident({ residenceId: home.id, stairId: null });
const reader = await listening.mintResident({ residenceId: home.id, stairId: null });
const tellsWithin = async (ms: number) => {
  const one = await listening.read(reader);
  const id = await post(author, { audience: 'residence' });
  await until(() => one.told(id).length === 1, 'the post, over there', ms);
  one.socket.terminate();
};

test('what one process stamps, another tells at once', async () => {
  await until(() => listening.bus.mode() === 'postgres', 'listening');
  expect(stamping.bus.mode()).toBe('local');
  await tellsWithin(500);
});

test('with the doorbell broken the hub looks every second, says so, and listens again by itself', async () => {
  const cut = () =>
    listening.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'palier listen' and datname = current_database()`,
    );
  await cut();
  await until(() => listening.bus.mode() === 'polling', 'the loss');
  await tellsWithin(2_000);
  await until(() => listening.bus.mode() === 'postgres', 'listening again', 10_000);
  await tellsWithin(500);
});

test('a hub whose every connection is killed loses nothing and ends nothing', async () => {
  const one = await listening.read(reader);
  const posts: string[] = [];
  for (let n = 0; n < 40; n += 1) {
    posts.push(await post(author, { audience: 'residence' }));
    if (n % 8 === 3)
      await stamping.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'test'`,
      );
  }
  await until(() => posts.every((id) => one.told(id).length === 1), 'all of them', 12_000);
  expect(one.events.map((frame) => (frame.type === 'post.opened' ? frame.post.id : frame.type))).toEqual(posts);
  one.socket.terminate();
}, 20_000);

test('a residence opened through one process is within reach of readers of another', async () => {
  const far = { cell: '891fb466257ffff', commune: '75104' };
  const reached = async () =>
    (await cellIndexOf(listening.db).reach(home.cell, far.commune)).flatMap(({ cells }) => cells);
  expect((await reached()).map(({ cell }) => cell)).not.toContain(far.cell);
  await stamping.mintResidence(far);
  await inTransaction(stamping.db, (tx) =>
    record(
      tx,
      { at: new Date(), actorId: null, actorRole: 'system', action: 'residence.create', subject: 'residence' },
      [{ kind: 'residence', change: 'opened', cell: far.cell, commune: far.commune }],
    ),
  );
  stamping.doorbell.ring();
  await until(async () => (await reached()).some(({ cell }) => cell === far.cell), 'the new cell', 3_000);
});
