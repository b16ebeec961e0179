import { CommanderError } from 'commander';
import { z } from 'zod';
import { readEnv } from './env.ts';
import { OperatorRefusal } from './operator/refusal.ts';
import { resolveDrizzleQuickly } from './process/drizzle-resolution.ts';

/** What went wrong, in a sentence: nobody at a command line needs a stack. */
const sentenceOf = (error: unknown): string => {
  if (error instanceof z.ZodError)
    return error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')).join('; ');
  return error instanceof Error ? (error.message.split('\nparams:')[0] ?? '') : String(error);
};

resolveDrizzleQuickly();
try {
  const { buildCommands } = await import('./operator/commands.ts');
  await buildCommands(() => readEnv(process.env)).parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode; // commander has already said why
  else {
    process.stderr.write(`palier: ${sentenceOf(error)}\n`);
    process.exitCode = error instanceof OperatorRefusal || error instanceof z.ZodError ? 2 : 1;
  }
}
