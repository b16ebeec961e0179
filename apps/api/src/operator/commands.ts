import { InvitationKind } from '@palier/domain/accounts';
import { Command, Option } from 'commander';
import type { Env } from '../env.ts';
import { withOperator } from './context.ts';
import { createAccount } from './create-account.ts';
import { createInvitation } from './create-invitation.ts';
import { createResidence } from './create-residence.ts';
import { createTerritory } from './create-territory.ts';
import { dataCommands } from './data-commands.ts';
import { listInvitations, listResidences, listTerritories } from './operator.queries.ts';
import { personCommands } from './person-commands.ts';
import { OperatorRefusal } from './refusal.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import { townCommands } from './town-commands.ts';
import { upCommand } from './up-command.ts';

type ReadEnv = () => Env;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** What happens meanwhile goes beside what was asked for, so that the answer can be piped. */
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const degrees = (text: string): number => {
  if (!/^-?\d{1,3}(\.\d+)?$/.test(text))
    throw new OperatorRefusal(`${text} is not a number of degrees, such as 46.3314`);
  return Number(text);
};
const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new OperatorRefusal(`${text} is not a whole number`);
  return Number(text);
};

const territoryCommands = (readEnv: ReadEnv): Command => {
  const territory = new Command('territory').description(
    'what one coordinator runs: residences in one or more communes',
  );
  territory
    .command('create <name>')
    .description('open a territory and print its id')
    .action((name: string) =>
      withOperator(readEnv(), tell, async (ctx) => say((await createTerritory(ctx, { name })).id)),
    );
  territory
    .command('list')
    .description('list the territories')
    .action(() =>
      withOperator(readEnv(), tell, async (ctx) => {
        for (const { id, name, residences } of await listTerritories(ctx.db))
          say(`${id}  residences: ${residences}  ${name}`);
      }),
    );
  return territory;
};

type ResidenceOptions = {
  territory: string;
  commune: string;
  name: string;
  address: string;
  lat: number;
  lon: number;
  homes: number;
  stairs?: string;
};

const residenceCommands = (readEnv: ReadEnv): Command => {
  const residence = new Command('residence').description('a building or a group of buildings');
  residence
    .command('create')
    .description('open a residence and print its id; its exact point is kept apart and only a blurred cell is public')
    .requiredOption('--territory <id>', 'the territory it belongs to')
    .requiredOption('--commune <insee>', 'INSEE code of its commune, such as 01173')
    .requiredOption('--name <name>', 'its name, as its residents say it')
    .requiredOption('--address <address>', 'its postal address')
    .requiredOption('--lat <degrees>', 'latitude of its door, WGS 84', degrees)
    .requiredOption('--lon <degrees>', 'longitude of its door, WGS 84', degrees)
    .requiredOption('--homes <number>', 'how many homes it has', wholeNumber)
    .option('--stairs <names>', 'its stairs, separated by commas')
    .action(({ territory, stairs, ...rest }: ResidenceOptions) =>
      withOperator(readEnv(), tell, async (ctx) =>
        say(
          (
            await createResidence(ctx, {
              ...rest,
              territoryId: territory,
              stairs: stairs?.split(',').map((name) => name.trim()) ?? [],
            })
          ).id,
        ),
      ),
    );
  residence
    .command('list')
    .description('list the residences')
    .action(() =>
      withOperator(readEnv(), tell, async (ctx) => {
        for (const { id, name, commune, homes } of await listResidences(ctx.db))
          say(`${id}  ${commune}  homes: ${homes}  ${name}`);
      }),
    );
  return residence;
};

type AccountOptions = { email: string; name: string; territory?: string; residence?: string; commune?: string };

const grant = async (
  readEnv: ReadEnv,
  role: 'referent' | 'coordinator' | 'officer',
  options: AccountOptions,
): Promise<void> => {
  const { email, name, territory: territoryId, residence: residenceId, commune } = options;
  await withOperator(readEnv(), tell, async (ctx) => {
    const { accountId, password } = await createAccount(ctx, { role, email, name, territoryId, residenceId, commune });
    say(accountId);
    if (password) say(`password: ${password}`);
    tell(
      password
        ? 'This password is shown once: hand it over, and have it changed.'
        : 'That address already has an account: the role was added to it.',
    );
  });
};

const accountCommands = (readEnv: ReadEnv): Command[] => {
  const account = new Command('account').description('accounts of coordinators, referents and officers');
  account
    .command('create')
    .description('grant a role for a place; makes the account if the address has none, and prints its password once')
    .addOption(
      new Option('--role <role>', 'the role').choices(['coordinator', 'referent', 'officer']).makeOptionMandatory(),
    )
    .requiredOption('--email <address>', 'e-mail address')
    .requiredOption('--name <name>', 'name shown')
    .option('--territory <id>', 'for a coordinator')
    .option('--residence <id>', 'for a referent')
    .option('--commune <insee>', 'for an officer')
    .action(({ role, ...options }: AccountOptions & { role: 'referent' | 'coordinator' | 'officer' }) =>
      grant(readEnv, role, options),
    );
  const commune = new Command('commune').description('town halls');
  commune
    .command('office <insee>')
    .description('open the office of a commune: the account of its first officer')
    .requiredOption('--email <address>', 'e-mail address')
    .requiredOption('--name <name>', 'name shown')
    .action((insee: string, options: AccountOptions) => grant(readEnv, 'officer', { ...options, commune: insee }));
  return [account, commune];
};

const invitationCommands = (readEnv: ReadEnv): Command => {
  const invitation = new Command('invitation').description('the codes that open a residence');
  invitation
    .command('create <residenceId>')
    .description('make codes and print each once, with its link')
    .addOption(
      new Option('--kind <kind>', 'a poster for many (90 days), a slip or a letter for one (14 days)')
        .choices(InvitationKind.options)
        .default('poster'),
    )
    .option('--count <number>', 'how many', wholeNumber, 1)
    .action((residenceId: string, { kind, count }: { kind: InvitationKind; count: number }) =>
      withOperator(readEnv(), tell, async (ctx) => {
        for (let n = 0; n < Math.min(count, 500); n++) {
          const { code, link, expiresAt } = await createInvitation(ctx, { residenceId, kind });
          say(`${code}  ${link}  until ${expiresAt.toISOString().slice(0, 10)}`);
        }
      }),
    );
  invitation
    .command('revoke <lookup>')
    .description('end a code by its first four characters')
    .action((lookup: string) => withOperator(readEnv(), tell, async (ctx) => revokeInvitation(ctx, { lookup })));
  invitation
    .command('list <residenceId>')
    .description('list the codes of a residence: what can be known of them, never the codes')
    .action((residenceId: string) =>
      withOperator(readEnv(), tell, async (ctx) => {
        for (const { lookup, kind, usesLeft, expiresAt, revokedAt } of await listInvitations(ctx.db, residenceId))
          say(
            `${lookup}-…  ${kind}  ${revokedAt ? 'revoked' : `until ${expiresAt.toISOString().slice(0, 10)}`}  ${usesLeft === null ? 'for many' : `${usesLeft} left`}`,
          );
      }),
    );
  return invitation;
};

/** The operator's command line; `readEnv` is asked only when a command runs, so that `--help` needs no setting. */
export const buildCommands = (readEnv: ReadEnv): Command => {
  const program = new Command('palier')
    .description(
      'Runs a Palier: its territories, residences, accounts and codes, its backups and its log.\nWorks on the database that is running, or starts it for as long as the command lasts.',
    )
    .configureHelp({ sortSubcommands: true });
  const groups = [
    territoryCommands(readEnv),
    residenceCommands(readEnv),
    ...accountCommands(readEnv),
    invitationCommands(readEnv),
    personCommands(readEnv, say, tell),
    ...dataCommands(readEnv, say, tell),
    ...townCommands(readEnv, say, tell),
    upCommand(readEnv),
  ];
  for (const group of groups) program.addCommand(group);
  // Addressed one by one, since settings of a parent are not inherited by commands added whole.
  const settle = (command: Command): void => {
    command.exitOverride().showHelpAfterError('Add --help to see how it is used.');
    for (const child of command.commands) settle(child);
  };
  settle(program);
  return program;
};
