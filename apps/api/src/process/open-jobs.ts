import type { Deps } from '../context.ts';
import { type Jobs, openJobs } from '../jobs/boss.ts';
import { jobHandlers } from '../jobs/handlers.ts';
import { openMailer, openPushSender } from '../notifications/index.ts';
import type { Parts } from './parts.ts';
import type { Store } from './store.ts';

/** The job queue: every process may add to it, those of ROLE=all and ROLE=jobs also work. */
export const openJobQueue = async (
  { env, log, say, board, closers }: Parts,
  store: Store,
  deps: Deps,
): Promise<Jobs> => {
  const isWorker = env.role !== 'api';
  const jobs = await openJobs({ url: store.appUrl, isWorker, onError: (error) => log.warn({ err: error }, 'jobs') });
  closers.push(jobs.stop);
  if (isWorker) {
    const mailer = openMailer(env, say);
    closers.push(async () => mailer.close());
    await jobs.work(jobHandlers(deps, mailer, openPushSender(env, deps.keys)));
  }
  board.done('jobs');
  return jobs;
};
