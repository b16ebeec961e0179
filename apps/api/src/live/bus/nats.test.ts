import { expect, test } from 'vitest';
import { factsOf } from '../../../test/live-facts.ts';
import { openLiveHarness, until } from '../../../test/live-harness.ts';
import { openBroker } from '../../../test/nats-server.ts';

// Two processes' worth of parts on one database, and a broker that is not there yet.
const broker = await openBroker();
const settings = { NATS_URL: broker.url };
const stamping = await openLiveHarness(settings);
const listening = await openLiveHarness(settings, {}, { hasSequencer: false });
const { post } = factsOf(stamping);
const home = await stamping.mintResidence();
const author = await stamping.mintResident({ residenceId: home.id, stairId: null });
const reader = await listening.mintResident({ residenceId: home.id, stairId: null });
const isUp = () => stamping.bus.mode() === 'nats' && listening.bus.mode() === 'nats';

const tellsWithin = async (ms: number): Promise<void> => {
  const one = await listening.read(reader);
  const id = await post(author, { audience: 'residence' });
  await until(() => one.told(id).length === 1, 'the post, over there', ms);
  one.socket.terminate();
};

test('a broker that never was: everything starts, says polling, and tells within two seconds', async () => {
  expect([stamping.bus.mode(), listening.bus.mode()]).toEqual(['polling', 'polling']);
  await tellsWithin(2_000);
});

test('it begins, is found, and wakes the other process at once', async () => {
  await broker.start();
  await until(isUp, 'both on the broker', 6_000);
  await tellsWithin(500);
});

test('it is killed and comes back empty: nothing is missed meanwhile, nothing comes twice, in order', async () => {
  const one = await listening.read(reader);
  const posts: string[] = [];
  const write = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) posts.push(await post(author, { audience: 'residence' }));
  };
  await write(5);
  await broker.stop('SIGKILL');
  await until(() => listening.bus.mode() === 'polling', 'the loss said');
  await write(5);
  await until(() => posts.every((id) => one.told(id).length === 1), 'all of them, by looking', 2_500);
  await broker.start();
  await until(isUp, 'both on the broker again', 6_000);
  await write(5);
  await until(() => posts.every((id) => one.told(id).length === 1), 'all of them', 1_000);
  expect(one.events.map((frame) => (frame.type === 'post.opened' ? frame.post.id : frame.type))).toEqual(posts);
  one.socket.terminate();
}, 30_000);
