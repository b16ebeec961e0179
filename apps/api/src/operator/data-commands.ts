import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import type { Env } from '../env.ts';
import { migrateStore } from '../process/database.ts';
import { openStore } from '../process/store.ts';
import { bounceMail } from './bounce-mail.ts';
import { withOperator } from './context.ts';
import { loadTowns } from './load-towns.ts';
import { makeBackup } from './make-backup.ts';
import { OperatorRefusal } from './refusal.ts';
import { restoreBackup } from './restore-backup.ts';
import { settleStream } from './settle-stream.ts';
import { verifyAudit } from './verify-audit.ts';

type Say = (line: string) => void;

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new OperatorRefusal(`${text} is not a whole number`);
  return Number(text);
};

/** What is done to all of the data at once. */
export const dataCommands = (readEnv: () => Env, say: Say, tell: Say): Command[] => [
  new Command('backup')
    .description('write everything into one archive: rows, keys, photos; print its path')
    .option('--to <path>', 'a folder, or the archive to make (by default DATA_DIR/backups)')
    .option('--keep <days>', 'afterwards remove the backups older than this, such as 35d')
    .action((options: { to?: string; keep?: string }) =>
      withOperator(readEnv(), tell, async (ctx) => {
        const { file, removed } = await makeBackup(ctx, options);
        for (const name of removed) tell(`removed ${name}`);
        say(file);
      }),
    ),
  new Command('restore')
    .description('put a backup back into an empty database at the same version')
    .argument('<file>', 'the archive')
    .action(async (file: string) => {
      const { madeAt, rows } = await restoreBackup(readEnv(), file, tell);
      say(`restored: ${rows} rows of ${madeAt}`);
    }),
  new Command('migrate').description('bring the database to this version, and say what was done').action(async () => {
    const store = await openStore(readEnv(), tell);
    try {
      say(`${await migrateStore(store, tell)} migrations applied`);
    } finally {
      await store.stop();
    }
  }),
  new Command('mail').description('what the mail server hands back').addCommand(
    new Command('bounce')
      .description(
        'take a mail that came back, or a complaint: the report (RFC 3464, RFC 5965) on standard input, piped by the mail server for the MAIL_FROM mailbox',
      )
      .argument('[address]', 'the address that failed, for a report that does not hold the mail itself')
      .action((address: string | undefined) =>
        withOperator(readEnv(), tell, async (ctx) =>
          say(await bounceMail(ctx, { address, report: process.stdin.isTTY ? '' : await text(process.stdin) })),
        ),
      ),
  ),
  new Command('verify-audit')
    .description('read the whole log again and say whether it is what was written')
    .action(() =>
      withOperator(readEnv(), tell, async (ctx) => {
        if (ctx.store.isAlone) await settleStream(ctx.store, ctx);
        const { links, faults } = await verifyAudit({ pool: ctx.db.$client, dataDir: ctx.env.dataDir, keys: ctx.keys });
        for (const { fault, seq, auditId } of faults)
          say([fault, seq !== null && `at ${seq}`, auditId].filter(Boolean).join(' '));
        if (faults.length > 0) throw new Error(`the log was tampered with: ${faults.length} faults in ${links} links`);
        say(`the log is whole: ${links} links`);
      }),
    ),
  new Command('demo')
    .description('fill a territory of its own with generated towns, for load tests; never in production')
    .requiredOption('--towns <number>', 'how many towns, 1 to 1400', wholeNumber)
    .option('--posts <number>', 'how many open posts in all', wholeNumber, 0)
    .action(({ towns, posts }: { towns: number; posts: number }) =>
      withOperator(readEnv(), tell, (ctx) => loadTowns(ctx, { towns, posts })),
    ),
];
