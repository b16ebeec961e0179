import pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Statement } from '../record.ts';
import { batchSizes, lookSeconds, type QueueName, queueNames, queues, schedules } from './queues.ts';

/** A job as its handler sees it; a retry has the same id. */
export type Job = { id: string; data: unknown };
export type JobHandlers = Readonly<Record<QueueName, (job: Job) => Promise<void>>>;
/** A job to be added; it waits for `startAfterSeconds` before it runs, if told so. */
export type NewJob = { queue: QueueName; data: object; startAfterSeconds?: number };
/** Whatever runs a prepared statement: a client inside a transaction. */
export type Statements = { query: (statement: Statement) => Promise<{ rows: unknown[] }> };

export type Jobs = {
  /** Adds jobs inside the caller's own transaction. */
  insert: (client: Statements, jobs: readonly NewJob[]) => Promise<void>;
  /** Runs the handlers and what runs by the clock, until `stop`. */
  work: (handlers: JobHandlers) => Promise<void>;
  /** Takes no more jobs and waits, at most 3 s, for those under way. */
  stop: () => Promise<void>;
};

/** Whether a queue that is there already works on these terms; to say them again to each queue would take a second of every start. */
const hasTerms = (queue: object, terms: object): boolean =>
  Object.entries(terms).every(([term, value]) => Reflect.get(queue, term) === value);

/** Makes the queue's schema and every queue, as the owner of the database (the migrate step), and lets the application use them. */
export const installJobs = async (ownerUrl: string, appRole = 'palier_app'): Promise<void> => {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 2, supervise: false, schedule: false });
  boss.on('error', () => undefined); // what fails here also rejects
  await boss.start();
  try {
    const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
    for (const name of queueNames) {
      const before = known.get(name);
      if (!before) await boss.createQueue(name, queues[name]);
      else if (!hasTerms(before, queues[name])) await boss.updateQueue(name, queues[name]);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'palier migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1 and rolname <> current_user', [
      appRole,
    ]);
    if (rowCount)
      await client.query(
        `grant usage on schema pgboss to ${pg.escapeIdentifier(appRole)}; grant execute on all functions in schema pgboss to ${pg.escapeIdentifier(appRole)}`,
      );
  } finally {
    await client.end();
  }
};

/** How one job of a batch ended: one that fails is tried again by itself. */
const settled = async (id: string, work: Promise<void>) => {
  try {
    await work;
    return { id, status: 'completed' as const };
  } catch (error) {
    return {
      id,
      status: 'failed' as const,
      output: { message: error instanceof Error ? error.message : String(error) },
    };
  }
};

/** Names for pg-boss's own statements, the same text always under the same name, so that PostgreSQL plans one once a connection: a queue has one text, and each event's jobs are written within the sequencer's transaction. */
const openNames = () => {
  const names = new Map<string, string>();
  return (text: string): string => {
    const name = names.get(text) ?? `job_insert_${names.size}`;
    names.set(text, name);
    return name;
  };
};

type JobsOptions = { url: string; isWorker: boolean; onError: (error: Error) => void };

/** Opens the queue as the application; `isWorker` also supervises it and keeps its clock. This is the only file that knows pg-boss. */
export const openJobs = async ({ url, isWorker, onError }: JobsOptions): Promise<Jobs> => {
  const boss = new PgBoss({
    connectionString: url,
    max: isWorker ? 4 : 1,
    migrate: false,
    createSchema: false,
    supervise: isWorker,
    schedule: isWorker,
    superviseIntervalSeconds: 10, // how soon it is seen that a process died with jobs in its hands
    monitorIntervalSeconds: 10,
    cronMonitorIntervalSeconds: 5, // an alarm is owed within a minute of its time: the clock's own delay is to be small beside that
    cronWorkerIntervalSeconds: 1,
    application_name: 'palier jobs',
  });
  const nameOf = openNames();
  let isStopping = false;
  boss.on('error', (error) => {
    if (!isStopping) onError(error); // its pool says it is closed before the server has let its connections go
  });
  await boss.start();
  return {
    insert: async (client, jobs) => {
      const executeSql = (text: string, values: unknown[] = []) => client.query({ name: nameOf(text), text, values });
      for (const name of new Set(jobs.map((job) => job.queue)))
        await boss.insert(
          name,
          jobs
            .filter((job) => job.queue === name)
            .map(({ data, startAfterSeconds }) =>
              startAfterSeconds === undefined ? { data } : { data, startAfter: startAfterSeconds },
            ),
          { db: { executeSql } },
        );
    },
    work: async (handlers) => {
      for (const name of queueNames) {
        const handle = handlers[name];
        const options = {
          pollingIntervalSeconds: lookSeconds(name),
          batchSize: batchSizes[name] ?? 1,
          perJobResults: true,
        } as const;
        await boss.work(name, options, async (batch) => {
          const results = [];
          for (const { id, data } of batch) results.push(await settled(id, handle({ id, data })));
          return results;
        });
        const cron = schedules[name];
        if (cron) await boss.schedule(name, cron);
      }
    },
    stop: () => {
      isStopping = true;
      return boss.stop({ graceful: true, timeout: 3_000 });
    },
  };
};
