import pg from 'pg';
import { nameOf, SCHEMAS } from './catalogue.ts';

type OnTable = { schema: string; name: string };
type ForeignKey = OnTable & { constraint: string; definition: string };
type Trigger = OnTable & { trigger: string; mode: keyof typeof ENABLE };

const ENABLE = { O: 'enable', A: 'enable always', R: 'enable replica' } as const;

/**
 * Sets aside, inside the transaction under way, what would stand in the way of rows copied back: foreign keys, triggers (the audit log
 * is append-only) and row security forced on the owner. The owner may do so, where `session_replication_role` needs a superuser.
 * Resolves with the function that puts everything back as it was; the foreign keys are then checked against every row.
 */
export const suspendGuards = async (client: pg.ClientBase): Promise<() => Promise<void>> => {
  const triggers = await listTriggers(client);
  const foreignKeys = await listForeignKeys(client);
  const forced = await listForced(client);
  const alter = (table: OnTable, change: string) => client.query(`alter table ${nameOf(table)} ${change}`);

  for (const table of forced) await alter(table, 'no force row level security');
  for (const one of triggers) await alter(one, `disable trigger ${pg.escapeIdentifier(one.trigger)}`);
  for (const one of foreignKeys) await alter(one, `drop constraint ${pg.escapeIdentifier(one.constraint)}`);
  return async () => {
    for (const one of foreignKeys)
      await alter(one, `add constraint ${pg.escapeIdentifier(one.constraint)} ${one.definition}`);
    for (const one of triggers) await alter(one, `${ENABLE[one.mode]} trigger ${pg.escapeIdentifier(one.trigger)}`);
    for (const table of forced) await alter(table, 'force row level security');
  };
};

const listTriggers = async (client: pg.ClientBase): Promise<Trigger[]> => {
  const { rows } = await client.query<Trigger>(
    `select n.nspname as schema, c.relname as name, t.tgname as trigger, t.tgenabled as mode
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where not t.tgisinternal and t.tgparentid = 0 and t.tgenabled <> 'D' and n.nspname = any($1)
        and c.relkind in ('r', 'p')
      order by 1, 2, 3`,
    [SCHEMAS],
  );
  return rows;
};

const listForeignKeys = async (client: pg.ClientBase): Promise<ForeignKey[]> => {
  const { rows } = await client.query<ForeignKey>(
    `select n.nspname as schema, c.relname as name, k.conname as constraint, pg_get_constraintdef(k.oid) as definition
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'f' and k.conparentid = 0 and n.nspname = any($1) order by 1, 2, 3`,
    [SCHEMAS],
  );
  return rows;
};

const listForced = async (client: pg.ClientBase): Promise<OnTable[]> => {
  const { rows } = await client.query<OnTable>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relforcerowsecurity and n.nspname = any($1) order by 1, 2`,
    [SCHEMAS],
  );
  return rows;
};
