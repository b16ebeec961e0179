import { type Database, schema, type Transaction } from '@palier/db';
import type { Trust, TrustSource } from '@palier/domain/accounts';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { newId } from '../ids.ts';
import type { OutboxEvent } from '../record.ts';

const { cases, residents, stairs, vouches } = schema;

/** Lays somebody new before the referents of the residence they entered; answers the word to the stream. */
export const openArrival = async (
  tx: Transaction,
  newcomer: { id: string; residenceId: string; commune: string },
  now: Date,
): Promise<OutboxEvent[]> => {
  const id = newId();
  const { residenceId, commune } = newcomer;
  const rows = await tx
    .insert(cases)
    .values({
      ...{ id, kind: 'arrival', subject: 'resident', subjectId: newcomer.id, aboutId: newcomer.id },
      ...{ residenceId, commune, createdAt: now, updatedAt: now },
    })
    .onConflictDoNothing()
    .returning({ id: cases.id });
  return rows.length === 0 ? [] : [{ kind: 'case', change: 'opened', caseId: id, residenceId, commune }];
};

/** Takes somebody's arrival off the desk: they became known another way, or do not live there any more. Answers the word to the stream. */
export const closeArrival = async (tx: Transaction, residentId: string, now: Date): Promise<OutboxEvent[]> => {
  const rows = await tx
    .update(cases)
    .set({ state: 'closed', updatedAt: now })
    .where(and(eq(cases.aboutId, residentId), eq(cases.kind, 'arrival'), eq(cases.state, 'open')))
    .returning({ id: cases.id, residenceId: cases.residenceId, commune: cases.commune });
  return rows.map(({ id, residenceId, commune }) => ({
    kind: 'case',
    change: 'lapsed',
    caseId: id,
    residenceId,
    commune,
  }));
};

/** Moves a resident from one step of trust to another, if they are still on the first. */
export const claimTrust = async (
  tx: Transaction,
  id: string,
  from: Trust,
  to: { trust: Trust; trustFrom: TrustSource; trustSince: Date },
): Promise<boolean> => {
  const rows = await tx
    .update(residents)
    .set(to)
    .where(and(eq(residents.id, id), eq(residents.trust, from)))
    .returning({ id: residents.id });
  return rows.length === 1;
};

/** How many neighbours give their word for a resident where they live now, as a column of `residents`. */
export const vouchesGiven = () =>
  sql<number>`(select count(*)::int from ${vouches} where ${and(
    eq(vouches.residentId, residents.id),
    eq(vouches.residenceId, residents.residenceId),
    isNull(vouches.revokedAt),
  )})`;

/** How somebody new came, as far as a referent may know: their stair, their way in, how many neighbours gave their word. */
export const findNewcomer = async (db: Database | Transaction, residentId: string) => {
  const [row] = await db
    .select({
      stair: stairs.name,
      enteredBy: residents.enteredBy,
      vouches: vouchesGiven(),
    })
    .from(residents)
    .leftJoin(stairs, eq(stairs.id, residents.stairId))
    .where(eq(residents.id, residentId));
  return row ?? null;
};
