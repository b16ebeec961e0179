import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { watchAs } from '@palier/db';
import { demoPassword, planDemo } from '@palier/demo';
import { invitationLifeMs } from '@palier/domain/accounts';
import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { type Hashing, newInvitationCode } from '../accounts/index.ts';
import { newId } from '../ids.ts';
import type { Keys } from '../keys.ts';
import { deriveCell } from '../places/derive-cell.ts';
import { type BulkRow, copyRows, inBulkTransaction, insertRows } from './bulk.ts';

type LoadDemo = {
  appUrl: string;
  dataDir: string;
  keys: Keys;
  hashing: Hashing;
  now: Date;
  say: (line: string) => void;
};

/** Whether nobody ever used this database. */
const isEmpty = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ empty: boolean }>(
    'select not exists (select from territories) and not exists (select from accounts) as empty',
  );
  return rows[0]?.empty === true;
};

/** One poster's code a residence: the rows, and the codes themselves, which are in no row. */
const inviteEach = async (residences: readonly { id: string }[], { hashing, now }: LoadDemo) => {
  const codes: Record<string, string> = {};
  const rows: BulkRow[] = [];
  const taken = new Set<string>();
  for (const { id } of residences) {
    let made = newInvitationCode();
    while (taken.has(made.lookup)) made = newInvitationCode();
    taken.add(made.lookup);
    codes[id] = made.code;
    rows.push({
      id: newId(),
      lookup: made.lookup,
      secretHash: await hashing.hash(made.secret),
      kind: 'poster',
      residenceId: id,
      usesLeft: null,
      expiresAt: new Date(now.getTime() + invitationLifeMs.poster),
      createdAt: now,
    });
  }
  return { codes, rows };
};

/** Written before the commit: cut short in between, the database is empty and the next start writes both again. */
const writeCodes = (dataDir: string, codes: Record<string, string>): void => {
  const file = join(dataDir, 'demo-invitations.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(codes, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** One audit row for the whole of it, chained like any other. */
const recordLoading = async (client: pg.Client, now: Date): Promise<void> => {
  const auditId = newId();
  await client.query(
    `insert into audit (id, at, actor_role, action, subject) values ($1, $2, 'operator', 'demo.load', 'territory')`,
    [auditId, now],
  );
  await client.query(`insert into outbox (kind, change, audit_id) values ('audit', 'demo.load', $1)`, [auditId]);
};

/**
 * Loads the demo territory into an empty database in one transaction, and writes the halls' codes to DATA_DIR/demo-invitations.json.
 * Resolves with whether it did: a database that holds anything is left as it is.
 */
export const loadDemo = async (options: LoadDemo): Promise<boolean> => {
  const { appUrl, dataDir, keys, hashing, now, say } = options;
  return inBulkTransaction(appUrl, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('palier.demo'))`);
    if (!(await isEmpty(client))) return false;
    say('Loading the demo territory (first start only)');
    const { watch, ...plan } = planDemo({
      startAt: now,
      passwordHash: await hashing.hash(demoPassword),
      cellOf: (residence) => deriveCell(keys.blur, residence),
    });
    const invitations = await inviteEach(plan.residences, options);
    for (const [table, rows] of Object.entries({ ...plan, invitations: invitations.rows })) {
      const [first] = rows;
      if (first) say(`  ${await copyRows(client, table, Object.keys(first), rows as readonly BulkRow[])} ${table}`);
    }
    await watchAs(drizzle(client), 'house', now);
    for (const [table, rows] of Object.entries(watch)) say(`  ${await insertRows(client, table, rows)} ${table}`);
    await recordLoading(client, now);
    writeCodes(dataDir, invitations.codes);
    return true;
  });
};
