import type { Deps } from '../context.ts';
import type { Jobs } from '../jobs/boss.ts';
import { jobsOfEvent } from '../jobs/of-event.ts';
import {
  type HeardDoorbell,
  type Sequencer,
  type SequencerOptions,
  startSequencer,
  tailSigner,
} from '../live/index.ts';
import type { Store } from './store.ts';

/** A candidate for stamping the stream; the jobs that its events call for are inserted where they are stamped. */
export const openSequencer = (
  store: Store,
  deps: Omit<Deps, 'doorbell'>,
  jobs: Jobs,
  doorbell: HeardDoorbell,
  publish: SequencerOptions['publish'],
): Promise<Sequencer> => {
  const { env, keys, clock, log } = deps;
  return startSequencer({
    url: store.appUrl,
    log,
    doorbell,
    publish,
    insertJobs: async (client, events) => {
      const called = events.flatMap(jobsOfEvent);
      if (called.length > 0) await jobs.insert(client, called);
    },
    signTail: tailSigner({ dataDir: env.dataDir, key: keys.audit, clock }),
  });
};
