import { expect, test } from 'vitest';
import { until } from '../../../test/live-harness.ts';
import { openBroker } from '../../../test/nats-server.ts';
import { blocksExactly, openTwo, tellsTyping } from '../../../test/two-processes.ts';

const broker = await openBroker();
await broker.start();
const two = await openTwo({ NATS_URL: broker.url });
const areUp = () =>
  until(() => two.first.bus.mode() === 'nats' && two.second.bus.mode() === 'nats', 'both on the broker', 10_000);

test('over a broker, a block is acknowledged once the other process has let go of what it had made ready', async () => {
  await areUp();
  await blocksExactly(two);
});

test('over a broker, typing is told where it is read', async () => {
  await areUp();
  await tellsTyping(two);
});

test('without the broker a block is acknowledged all the same', async () => {
  const { ana, ben } = await two.pair();
  await broker.stop('SIGKILL');
  await until(() => two.first.bus.mode() === 'polling', 'the loss said', 10_000);
  expect((await two.first.call('POST', `/blocks/${ben.id}`, { as: ana })).status).toBe(204);
});
