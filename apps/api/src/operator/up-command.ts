import { Command, Option } from 'commander';
import type { Env } from '../env.ts';
import { processesMax, startCluster } from '../process/cluster/start-cluster.ts';
import { openLog } from '../process/log.ts';
import { runUntilSignal } from '../process/run.ts';

/** `palier up`: a deployment of several processes on this machine, on one origin, until Ctrl-C. */
export const upCommand = (readEnv: () => Env): Command =>
  new Command('up')
    .description(
      'start several processes behind one origin on this machine, to try a deployment of many; Ctrl-C stops all',
    )
    .addOption(
      new Option('--processes <number>', 'how many processes serve the API')
        .choices(Array.from({ length: processesMax }, (_, n) => String(n + 1)))
        .default('3'),
    )
    .action(async ({ processes }: { processes: string }) => {
      const env = { ...readEnv(), role: 'all' as const };
      await runUntilSignal(env, openLog(env), startCluster(Number(processes)));
    });
