import { type Database, schema, type Transaction } from '@palier/db';
import type { Locale } from '@palier/domain/accounts';
import { and, eq, isNull, sql } from 'drizzle-orm';

const { postCopies } = schema;

/** A relative whom we are to ask whether they wish to be told. */
type Asked = { email: string; locale: Locale; asker: string; createdAt: Date };

/** How many times a day one address may be asked, whoever names it. */
const asksPerDay = 2;

/** A relative still to be asked; null when they answered, said no to any other, or were asked often enough lately: an address is never pestered through us. */
export const findToAsk = async (db: Database, copyId: string): Promise<Asked | null> => {
  const { rows } = await db.execute<Omit<Asked, 'createdAt'> & { createdAt: string }>(sql`
    select c.email, c.locale, r.display_name as asker, c.created_at as "createdAt"
    from post_copies c join posts p on p.id = c.post_id join residents r on r.id = p.author_id
    where c.id = ${copyId} and c.confirmed_at is null and c.stopped_at is null
      and not exists (select from post_copies o where o.email = c.email and o.stopped_at is not null)
      and (select count(*) from post_copies o where o.email = c.email and o.id <> c.id
        and o.created_at between c.created_at - interval '1 day' and c.created_at) < ${asksPerDay}`);
  const row = rows[0];
  return row ? { ...row, createdAt: new Date(row.createdAt) } : null;
};

/** A relative who said yes, and what of a favour is told them. */
type Told = { copyId: string; email: string; locale: Locale; helper: string; isSaidByAnother: boolean };
export type ToldState = 'accepted' | 'done' | 'withdrawn';

const toTell = {
  name: 'relatives_to_tell',
  text: `select c.id as "copyId", c.email, c.locale, h.display_name as helper,
      exists (select from favours o where o.post_id = f.post_id and o.id <> f.id and (o.state = 'done' or (o.state = 'accepted' and $2::favour_state <> 'done'))
        and (o.created_at < f.created_at or $2::favour_state = 'withdrawn')) as "isSaidByAnother"
    from favours f join posts p on p.id = f.post_id join residents h on h.id = f.helper_id
      join posts first on first.id = p.id or first.series_id = p.series_id
      join post_copies c on c.post_id = first.id
    where f.id = $1 and f.state = $2::favour_state and c.stopped_at is null
      and c.confirmed_at <= case when $2::favour_state = 'withdrawn' then f.created_at else 'infinity' end`,
};

/**
 * Whoever is kept in copy of a favour's post or series, while the favour is as it is told; `isSaidByAnother` when an earlier helper of the same post was told in the same way, or,
 * of one who withdrew, when somebody else comes. Whoever agreed to be told after that yes is not told of its end.
 */
export const findToTell = async (db: Database, favourId: string, state: ToldState): Promise<Told[]> => {
  const { rows } = await db.$client.query<Told>({ ...toTell, values: [favourId, state] });
  return rows;
};

/** Says that a relative wishes to be told; null when that was said already, or stopped, or is forgotten. */
export const claimConfirmation = async (tx: Transaction, copyId: string, now: Date): Promise<string | null> => {
  const [row] = await tx
    .update(postCopies)
    .set({ confirmedAt: now })
    .where(and(eq(postCopies.id, copyId), isNull(postCopies.confirmedAt), isNull(postCopies.stoppedAt)))
    .returning({ id: postCopies.id });
  return row?.id ?? null;
};

/** How a relative stands; null when nothing is known of them any more. */
export const findCopy = async (tx: Transaction, copyId: string) => {
  const [row] = await tx
    .select({ email: postCopies.email, confirmedAt: postCopies.confirmedAt, stoppedAt: postCopies.stoppedAt })
    .from(postCopies)
    .where(eq(postCopies.id, copyId));
  return row ?? null;
};

/** Writes no more to an address, whatever it was kept in copy of. */
export const stopCopies = async (tx: Transaction, email: string, now: Date): Promise<void> => {
  await tx
    .update(postCopies)
    .set({ stoppedAt: now })
    .where(and(eq(postCopies.email, email), isNull(postCopies.stoppedAt)));
};
