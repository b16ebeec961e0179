import { schema } from '@palier/db';
import { desc, eq } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import { gex, type Harness } from './harness.ts';

type Someone = { cookie: string; id: string };

/** A referent of these residences, or a coordinator of a territory, who live nowhere here unless told. */
export const mintStaff = async (
  h: Harness,
  role: 'referent' | 'coordinator',
  ...places: string[]
): Promise<Someone> => {
  const account = await h.mintAccount(role);
  for (const place of places)
    await h.db.insert(schema.roleGrants).values({
      id: newId(),
      accountId: account.id,
      role,
      ...(role === 'referent' ? { residenceId: place } : { territoryId: place }),
    });
  return account;
};

/** A residence with its referent, its coordinator and some neighbours, each of a home of their own. */
export const mintDesk = async (h: Harness, neighbours = 4) => {
  const residence = await h.mintResidence();
  const referent = await mintStaff(h, 'referent', residence.id);
  const coordinator = await mintStaff(h, 'coordinator', residence.territoryId);
  const people = [];
  for (let n = 0; n < neighbours; n++)
    people.push(await h.mintResident({ residenceId: residence.id, stairId: residence.stairs[0]?.id ?? null }));
  return { residence, referent, coordinator, people };
};

export const reportOf = (postId: string, reason = 'insult') => ({ subject: 'post', subjectId: postId, reason });

export const caseOf = async (h: Harness, subjectId: string) => {
  const [row] = await h.db
    .select()
    .from(schema.cases)
    .where(eq(schema.cases.subjectId, subjectId))
    .orderBy(desc(schema.cases.createdAt))
    .limit(1);
  return row;
};

/** Rules on a case as somebody: by default with the reason and a sentence that any ruling needs. */
export const decide = (h: Harness, as: Someone, caseId: string, kind: string, more: object = {}) =>
  h.call('POST', `/moderation/cases/${caseId}/decisions`, {
    as,
    body: { kind, reason: kind === 'allow' ? 'in-order' : 'insult', text: 'Une phrase pour son auteur.', ...more },
  });

/** An open case about somebody, of a post of theirs or of themselves, as a report would have opened it. */
export const openCase = async (
  h: Harness,
  about: { id: string; residenceId: string; commune?: string },
  postId: string | null = null,
): Promise<string> => {
  const id = newId();
  const subject = postId ? ('post' as const) : ('resident' as const);
  const of = { aboutId: about.id, residenceId: about.residenceId, commune: about.commune ?? gex.commune };
  const at = { createdAt: new Date(), updatedAt: new Date() };
  await h.db
    .insert(schema.cases)
    .values({ id, kind: 'report', subject, subjectId: postId ?? about.id, postId, ...of, ...at });
  return id;
};

/** Makes a resident a referent of a residence besides. */
export const grantReferent = async (h: Harness, accountId: string, residenceId: string): Promise<void> => {
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId, role: 'referent', residenceId });
};
