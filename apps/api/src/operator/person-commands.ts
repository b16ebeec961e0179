import { Command } from 'commander';
import { resetFactor } from '../accounts/index.ts';
import type { Env } from '../env.ts';
import { exportPieces, forgetResident } from '../leaving/index.ts';
import { withOperator } from './context.ts';
import { findPeople, findPerson } from './find-people.ts';
import { findAccountId } from './operator.queries.ts';
import { OperatorRefusal } from './refusal.ts';

type Say = (line: string) => void;

/** What is done for one person who asks by letter, or through their referent. */
export const personCommands = (readEnv: () => Env, say: Say, tell: Say): Command => {
  const person = new Command('person').description('one resident: for those who ask by letter, or have no account');
  person
    .command('find')
    .description('list the residents of a residence, or the one of an e-mail address, with their ids')
    .option('--residence <id>', 'a residence')
    .option('--email <address>', 'an e-mail address')
    .action((by: { residence?: string; email?: string }) =>
      withOperator(readEnv(), tell, async (ctx) => {
        for (const { id, displayName, hasAccount } of await findPeople(ctx.db, by))
          say(`${id}  ${hasAccount ? 'with an account' : 'without an account'}  ${displayName}`);
      }),
    );
  person
    .command('export <residentId>')
    .description('print everything that is kept of a resident, as JSON')
    .action((residentId: string) =>
      withOperator(readEnv(), tell, async (ctx) => {
        const me = await findPerson(ctx.db, residentId);
        if (!me) throw new OperatorRefusal(`there is no resident ${residentId}`);
        for await (const piece of exportPieces(ctx, me, ctx.now)) process.stdout.write(piece);
      }),
    );
  person
    .command('erase <residentId>')
    .description('forget a resident at once, as they asked in writing; it cannot be undone')
    .requiredOption('--yes', 'say that the letter was checked')
    .action((residentId: string) =>
      withOperator(readEnv(), tell, async (ctx) => {
        const isDone = await forgetResident(ctx, { actorId: null, actorRole: 'operator' }, { residentId });
        if (!isDone) throw new OperatorRefusal(`there is no resident ${residentId}`);
        say(`erased: ${residentId}`);
        tell('Backups made before today still hold them until they are pruned (backup --keep 35d).');
      }),
    );
  person
    .command('reset-factor <email>')
    .description('remove the one-time code of someone on the staff who lost their telephone; they are told by mail')
    .requiredOption('--yes', 'say that it was checked who asks')
    .action((email: string) =>
      withOperator(readEnv(), tell, async (ctx) => {
        const accountId = await findAccountId(ctx.db, email.trim().toLowerCase());
        const by = { actorId: null, actorRole: 'operator' as const };
        if (!accountId || !(await resetFactor(ctx, by, accountId)))
          throw new OperatorRefusal(`no account of ${email} has a one-time code`);
        say(`removed: the one-time code of ${email}`);
      }),
    );
  return person;
};
