import pg from 'pg';
import { MIGRATIONS_FOLDER, type Migration, MigrationError, pendingOf, readJournal } from './journal.ts';

export { MigrationError, type MigrationErrorCode } from './journal.ts';

type MigrateOptions = {
  ownerUrl: string;
  folder?: string;
  say?: (line: string) => void;
  /** Runs before the files, already alone, as the owner. */
  before?: (client: pg.Client) => Promise<void>;
  /** Runs after the files, still alone: the job queue makes its own schema here. */
  after?: (ownerUrl: string) => Promise<void>;
  appRole?: string;
};

const NO_TRANSACTION = /^-- palier: no transaction$/m;

/**
 * Brings the database to this version under an advisory lock, as the owner, and resolves with the number of files applied.
 * Rejects with a `MigrationError` on a changed, out-of-order or unknown file, or a file that fails (that one is rolled back).
 */
export const migrate = async (options: MigrateOptions): Promise<number> => {
  const {
    ownerUrl,
    folder = MIGRATIONS_FOLDER,
    say = () => undefined,
    before,
    after,
    appRole = 'palier_app',
  } = options;
  const journal = readJournal(folder);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'palier migrate' });
  client.on('error', () => undefined); // the query under way rejects; unheard, the loss would end the process
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('palier.migrate'))`); // of the session: freed when it ends
    await before?.(client);
    await makeTable(client);
    const pending = pendingOf(journal, await readApplied(client));
    for (const migration of pending) {
      say(`migrating: ${migration.file}`);
      await apply(client, migration);
    }
    await after?.(ownerUrl);
    await grantTo(client, appRole);
    return pending.length;
  } finally {
    await client.end();
  }
};

/** Rejects with a `MigrationError` unless the database, read as the application, holds exactly this version's migrations. */
export const checkMigrations = async (
  appPool: Pick<pg.Pool, 'query'>,
  folder: string = MIGRATIONS_FOLDER,
): Promise<void> => {
  const [next] = pendingOf(readJournal(folder), await readApplied(appPool));
  if (next) throw new MigrationError('migration.pending', `${next.file} is not applied: run the migrate step first`);
};

/** The hashes of the migrations applied, oldest first; none when the database was never migrated. */
export const readApplied = async (client: Pick<pg.Pool, 'query'>): Promise<string[]> => {
  const known = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as found`);
  if (known.rows[0]?.found === null) return [];
  const { rows } = await client.query<{ hash: string }>(
    'select hash from drizzle.__drizzle_migrations order by created_at, id',
  );
  return rows.map((row) => row.hash);
};

// Drizzle's own table, so that drizzle-kit still reads it.
const makeTable = (client: pg.Client) =>
  client.query(`
    create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`);

const apply = async (client: pg.Client, { file, text, hash, when }: Migration): Promise<void> => {
  const isWhole = !NO_TRANSACTION.test(text);
  try {
    if (isWhole) await client.query('begin');
    for (const statement of text.split('--> statement-breakpoint')) await client.query(statement);
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [hash, when]);
    if (isWhole) await client.query('commit');
  } catch (cause) {
    if (isWhole) await client.query('rollback').catch(() => undefined); // the first error is the one to tell
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError('migration.failed', `${file} failed: ${why}`, { cause });
  }
};

// The application reads which migrations are applied, and cannot rewrite that.
const grantTo = async (client: pg.Client, appRole: string): Promise<void> => {
  const { rows } = await client.query<{ wanted: boolean }>(
    `select rolname <> current_user and not (has_schema_privilege(rolname, 'drizzle', 'usage')
        and has_table_privilege(rolname, 'drizzle.__drizzle_migrations', 'select')
        and not has_table_privilege(rolname, 'drizzle.__drizzle_migrations', 'insert')) as wanted
      from pg_roles where rolname = $1`,
    [appRole],
  );
  if (!rows[0]?.wanted) return;
  const role = pg.escapeIdentifier(appRole);
  await client.query(`
    grant usage on schema drizzle to ${role};
    revoke all on drizzle.__drizzle_migrations from ${role};
    grant select on drizzle.__drizzle_migrations to ${role}`);
};
