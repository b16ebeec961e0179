import type { Deps } from '../context.ts';
import { openJobs } from '../jobs/boss.ts';
import { createDoorbell } from '../live/index.ts';
import { openSequencer } from '../process/open-sequencer.ts';
import type { Store } from '../process/store.ts';

/** Stamps and chains what a command wrote while no server runs, so that the log is whole before the database is stopped. */
export const settleStream = async (store: Store, deps: Omit<Deps, 'doorbell'>): Promise<void> => {
  const jobs = await openJobs({
    url: store.appUrl,
    isWorker: false,
    onError: (error) => deps.log.warn({ err: error }, 'jobs'),
  });
  try {
    const sequencer = await openSequencer(store, deps, jobs, createDoorbell(), () => undefined);
    await sequencer.stop();
  } finally {
    await jobs.stop();
  }
};
