import { buildApp } from '../app.ts';
import type { Deps } from '../context.ts';
import { openTownHall } from '../insights/index.ts';
import { openKitCounter } from '../kits/index.ts';
import { createDoorbell, createHub, type Sequencer, startBus } from '../live/index.ts';
import { openFeedMemory } from '../posts/index.ts';
import { brokerOf } from './broker.ts';
import { openCore } from './open-core.ts';
import { openJobQueue } from './open-jobs.ts';
import { openSequencer } from './open-sequencer.ts';
import type { Parts } from './parts.ts';
import { openPresence } from './presence.ts';
import { hasWeb, inProcess, mountWeb } from './web-mount.ts';

const shedsAboveMs = 1_500;

/** The API and its live sockets; with ROLE=all the pages and the jobs too. What is opened last is closed first. */
export const startApiRole = async (parts: Parts): Promise<void> => {
  const { env, keys, log, say, board, door, closers } = parts;
  const { store, db, isFirst } = await openCore(parts);
  const doorbell = createDoorbell();
  const clock = (): Date => new Date();
  const deps: Deps = { db, env, keys, clock, doorbell, readiness: board.readiness, log };
  if (isFirst) await openTownHall(deps, say);
  const jobs = await openJobQueue(parts, store, deps);

  const presence = await openPresence(db, log);
  closers.push(presence.stop);
  const hub = createHub({ db, log, clock, hasRateLimits: env.hasRateLimits, presence });
  let sequencer: Sequencer | undefined;
  const isHolder = (): boolean => sequencer?.isHolder() ?? false;
  const bus = startBus({ url: store.appUrl, hub, log, isHolder, nats: await brokerOf(env, db) });
  closers.push(bus.stop);
  sequencer = await openSequencer(store, deps, jobs, doorbell, (events) => {
    hub.publish(events);
    bus.announce(events);
  });
  closers.push(sequencer.stop);
  await hub.start();
  board.attach({ missing: hub.missing, bus: bus.mode, sockets: hub.sockets, head: hub.head });

  const kitCounter = openKitCounter(deps);
  closers.push(kitCounter.stop);
  const app = await buildApp(deps, { hub, presence, kitCounter, serverFactory: door.serverFactory, shedsAboveMs });
  closers.push(async () => {
    await Promise.all([app.close(), door.drain()]);
  });
  if (env.role === 'all' && hasWeb()) await mountWeb(app, env.origin, inProcess(app));
  else if (env.role === 'all') say('The pages are not built (npm run build): only the API is served');
  await app.ready();
  closers.push(openFeedMemory({ db, log, head: hub.head }).stop); // fills behind what serves
};
