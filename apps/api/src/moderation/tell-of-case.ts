import { type Database, schema } from '@palier/db';
import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { notify } from '../notifications/index.ts';

const { cases, decisions, residences, residents, roleGrants } = schema;

type Notice = Parameters<typeof notify>[2][number];

/** What happened to a case that somebody is to hear of. */
export const CaseTurn = z.object({
  caseId: z.uuid(),
  change: z.enum(['opened', 'reminded', 'escalated', 'appealed', 'decided']),
});
type CaseTurn = z.infer<typeof CaseTurn>;

const findCase = async (db: Database, caseId: string) => {
  const [row] = await db
    .select({ case: cases, authorAccount: residents.accountId, territoryId: residences.territoryId })
    .from(cases)
    .innerJoin(residents, eq(residents.id, cases.aboutId))
    .innerJoin(residences, eq(residences.id, cases.residenceId))
    .where(eq(cases.id, caseId));
  return row;
};
type Found = NonNullable<Awaited<ReturnType<typeof findCase>>>;

/** Those who may judge a case: never whoever it is about, their declared family, or whoever decided already. */
const listJudges = (db: Database, { case: examined, authorAccount, territoryId }: Found, decidedBy: string | null) =>
  db
    .selectDistinct({ accountId: roleGrants.accountId, role: roleGrants.role })
    .from(roleGrants)
    .where(
      and(
        isNull(roleGrants.revokedAt),
        or(eq(roleGrants.residenceId, examined.residenceId), eq(roleGrants.territoryId, territoryId)),
        sql`${roleGrants.accountId} is distinct from ${authorAccount}::uuid`,
        sql`${roleGrants.accountId} is distinct from ${decidedBy}::uuid`,
        sql`not exists (select from kin k where k.account_id = ${roleGrants.accountId} and k.resident_id = ${examined.aboutId})`,
      ),
    );

/** Referents hear first; coordinators when there is none, when it was handed to them, or of an appeal. */
const deskNotices = async (db: Database, found: Found, change: CaseTurn['change']): Promise<Notice[]> => {
  const [last] = await db
    .select({ decidedBy: decisions.decidedBy })
    .from(decisions)
    .where(eq(decisions.caseId, found.case.id))
    .orderBy(desc(decisions.createdAt))
    .limit(1);
  const judges = await listJudges(db, found, last?.decidedBy ?? null);
  const referents = judges.filter(({ role }) => role === 'referent');
  const isForAll = change === 'escalated' || change === 'appealed' || referents.length === 0;
  return (isForAll ? judges : referents).map(({ accountId }) => ({
    accountId,
    kind: 'case',
    caseId: found.case.id,
    turn: change,
  }));
};

/** The author's statement of reasons, once a decision; letting be what nobody had hidden is no news. */
const authorNotices = async (db: Database, { case: examined, authorAccount }: Found): Promise<Notice[]> => {
  const taken = await db
    .select({ id: decisions.id, kind: decisions.kind, decidedAs: decisions.decidedAs })
    .from(decisions)
    .where(eq(decisions.caseId, examined.id))
    .orderBy(desc(decisions.createdAt), desc(decisions.id));
  const [last] = taken;
  if (!last || authorAccount === null) return [];
  const wasHidden = examined.kind === 'held' || taken.some(({ kind }) => kind === 'hide');
  if (last.kind === 'allow' && !wasHidden) return [];
  return [{ accountId: authorAccount, kind: 'decision', caseId: examined.id, turn: last.id }];
};

/** Tells whoever a turn of a case concerns: the desk that something waits, the author what was decided. Run twice, it tells once. */
export const tellOfCase = async (ctx: Context<unknown>, { caseId, change }: CaseTurn): Promise<void> => {
  const found = await findCase(ctx.db, caseId);
  if (!found) return;
  const notices = change === 'decided' ? await authorNotices(ctx.db, found) : await deskNotices(ctx.db, found, change);
  const { residenceId, commune } = found.case;
  const entry = { at: ctx.now, actorId: null, actorRole: 'system', action: 'case.tell' } as const;
  await mutate(ctx, (tx) =>
    notify(tx, { ...entry, subject: 'case', subjectId: caseId, residenceId, commune }, notices),
  );
};
