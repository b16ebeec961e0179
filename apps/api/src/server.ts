import { readEnv } from './env.ts';
import { resolveDrizzleQuickly } from './process/drizzle-resolution.ts';
import { openLog } from './process/log.ts';
import { runUntilSignal } from './process/run.ts';

resolveDrizzleQuickly();
try {
  const env = readEnv(process.env);
  await runUntilSignal(env, openLog(env));
} catch (error) {
  process.stderr.write(`Palier cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1); // the channel to `palier up` would keep it, and nobody would start it again
}
