/**
 * Live, from the outbox to the browser. How a process puts it together (`server.ts`), and in which order:
 *
 * ```ts
 * const doorbell = createDoorbell();                                        // → deps.doorbell
 * const hub = createHub({ db, log, clock, hasRateLimits: env.hasRateLimits });
 * const sequencer = await startSequencer({ url, log, doorbell, publish: hub.publish,
 *   insertJobs: (client, events) => jobs.insert(client, events.flatMap(jobsOfEvent)),
 *   signTail: tailSigner({ dataDir: env.dataDir, key: keys.audit, clock }) }); // resolves after its first try to be elected
 * const bus = startBus({ url, hub, log, isHolder: sequencer.isHolder, nats });   // → what is stamped here goes to bus.announce as well
 * await hub.start();
 * const readiness = { missing: hub.missing, bus: bus.mode, sockets: hub.sockets, head: hub.head };
 * const app = await buildApp(deps, { hub });                                // registers `liveRoutes`
 * ```
 *
 * `url` is the application role's, straight to PostgreSQL. `hub.head()` is what `Palier-Seq` says: read it before the data. To stop: `app.close()` (sockets hear 1012, at most 3 s), `sequencer.stop()`
 * (stamps what is left and signs the tail), `bus.stop()`, then the pools. A process without the API runs the sequencer alone, with `publish: () => undefined`.
 * `pruneOutbox` belongs to the daily sweep, `startEpoch` to the end of a restore.
 */
export { type AuditRow, hashAuditRow, hashLink } from './audit-hash.ts';
export { readTail, tailSigner } from './audit-tail.ts';
export { startBus } from './bus/start-bus.ts';
export { createDoorbell, type HeardDoorbell } from './doorbell.ts';
export { createHub, type Hub, type HubOptions } from './hub.ts';
export { liveRoutes } from './live-route.ts';
export { pruneOutbox } from './prune-outbox.ts';
export { type Sequencer, type SequencerOptions, startSequencer } from './sequencer.ts';
export type { StampedEvent } from './stamped-event.ts';
export { startEpoch } from './start-epoch.ts';
