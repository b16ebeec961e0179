import { eq, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';

/** One person, as their rows are found: an account, the resident it is, or a resident without an account. */
export type Person = { readonly accountId: string | null; readonly residentId: string | null };

type Columns<T extends PgTable> = T['_']['columns'];
type Key<T extends PgTable> = keyof Columns<T> & string;

/** What is done to a person's rows when they are forgotten: the rows go, or some columns are emptied. */
export type Forgetting = {
  readonly where: (me: Person) => SQL;
  readonly does: 'delete' | Readonly<Record<string, unknown>>;
};

type Declaration<T extends PgTable> = {
  /** What the table holds, in a sentence. */
  readonly holds: string;
  /** How long, in words; the sweep's own terms are in `retention.ts`. */
  readonly kept: string;
  /** Which rows are this person's, for their export; null when none can be anyone's. */
  readonly mine: ((me: Person) => SQL) | null;
  /** Columns that tell nothing of anyone by themselves: ids, states, dates of rows. They are exported with the row. */
  readonly plain?: readonly Key<T>[];
  /** Personal columns, each with what it is for; exported with the row. */
  readonly personal?: Readonly<Partial<Record<Key<T>, string>>>;
  /** Columns never handed out, each with why: secrets, hashes, copies of what is exported elsewhere. */
  readonly withheld?: Readonly<Partial<Record<Key<T>, string>>>;
  /** What is done when a person is forgotten, in order. */
  readonly forgotten?: readonly Forgetting[];
  /** Personal columns that stay when their person is forgotten, each with why that may be. */
  readonly stays?: Readonly<Partial<Record<Key<T>, string>>>;
};

export type Entry = Declaration<PgTable> & {
  readonly table: PgTable;
  readonly name: string;
  readonly columns: Readonly<Record<string, PgColumn>>;
};

/** Declares what a table holds of people; `data-map.test.ts` refuses a column that no list names. */
export const declare = <T extends PgTable>(table: T, declaration: Declaration<T>): Entry => ({
  ...(declaration as unknown as Declaration<PgTable>),
  table,
  name: getTableConfig(table).name,
  columns: Object.fromEntries(
    Object.entries(table).filter(([, value]) => getTableConfig(table).columns.includes(value as PgColumn)),
  ),
});

/** Whether a column names this person; never true of someone who has no such id. */
export const is = (column: PgColumn, id: string | null): SQL => (id === null ? sql`false` : eq(column, id));
