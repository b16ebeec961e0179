import { connect } from '@nats-io/transport-node';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { until } from '../../../test/live-harness.ts';
import { openBroker } from '../../../test/nats-server.ts';
import { openNats } from './nats.ts';

const [broker, late] = [await openBroker(), await openBroker()];

// reliability.md, trap 8: the library believes in its broker; ten tries and it is over. Here the tries come sooner, and are as many.
test('through one outage the library’s own settings give up for ever, ours come back', async () => {
  await broker.start();
  const theirs = await connect({ servers: broker.url, reconnectTimeWait: 100 });
  let ups = 0;
  const heard: string[] = [];
  const ours = openNats({
    url: broker.url,
    log: pino({ level: 'silent' }),
    hear: (text) => heard.push(text),
    onUp: () => {
      ups += 1;
    },
  });
  ours.follow(new Set(['palier.test']));
  await until(ours.isUp, 'the first connection');
  await broker.stop('SIGKILL');
  await theirs.closed(); // it has given up
  expect(ours.isUp()).toBe(false);
  await broker.start();
  await until(ours.isUp, 'ours again', 5_000);
  expect(ups).toBe(2);
  expect(theirs.isClosed()).toBe(true);
  const witness = await connect({ servers: broker.url });
  await until(() => {
    witness.publish('palier.test', '7');
    return heard.includes('7');
  }, 'what it followed before is followed still');
  await witness.close();
  await ours.stop();
}, 30_000);

test('it ends while it is still looking for a broker that never was', async () => {
  const ours = openNats({
    url: late.url,
    log: pino({ level: 'silent' }),
    hear: () => undefined,
    onUp: () => undefined,
  });
  ours.say('palier.test', 'to nobody');
  expect(ours.isUp()).toBe(false);
  await ours.stop();
  await late.start();
  expect(ours.isUp()).toBe(false);
});
