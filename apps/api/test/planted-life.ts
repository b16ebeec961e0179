import { schema } from '@palier/db';
import { sql } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import type { Harness } from './harness.ts';
import { plantWatched } from './planted-watch.ts';
import type { Side } from './talks.ts';

/** A row of this person's in every table that can hold one, through the schema alone: what nobody thought of is planted too. */
export const plantLife = async (h: Harness, someone: Side, other: Side, now: Date): Promise<void> => {
  const { accountId, id: residentId, residenceId } = someone;
  const [postId, favourId] = [newId(), newId()];
  const ago = new Date(now.getTime() - 86_400_000);
  const post = {
    residenceId,
    commune: '01173',
    cell: 'x',
    kind: 'request',
    category: 'errands',
    audience: 'residence',
    state: 'done',
    createdAt: ago,
    updatedAt: ago,
    expiresAt: ago,
  } as const;
  await h.db
    .insert(schema.posts)
    .values({ ...post, id: postId, authorId: residentId, title: 'canari-titre', details: 'canari-details' });
  const theirs = newId();
  await h.db.insert(schema.posts).values({ ...post, id: theirs, authorId: other.id, title: 'un autre' });
  const favour = { commune: '01173', state: 'done', createdAt: ago, updatedAt: ago } as const;
  await h.db.insert(schema.favours).values([
    {
      ...favour,
      id: favourId,
      postId: theirs,
      authorId: other.id,
      acceptedBy: residentId,
      helperId: residentId,
      beneficiaryId: other.id,
      note: 'canari-note',
    },
    {
      ...favour,
      id: newId(),
      postId,
      authorId: residentId,
      acceptedBy: other.id,
      helperId: other.id,
      beneficiaryId: residentId,
      note: 'le mot d’un autre',
      thanks: 'merci-qui-reste',
      thankedAt: ago,
      minutes: 20,
    },
  ]);
  await h.db
    .insert(schema.postBeneficiaries)
    .values({ postId, name: 'canari-beneficiaire', consent: 'canari-consent', givenAt: ago });
  const conversationId = newId();
  await h.db.insert(schema.conversations).values({ id: conversationId, postId: theirs, createdAt: ago });
  await h.db
    .insert(schema.messages)
    .values({ id: newId(), conversationId, authorId: residentId, text: 'message-qui-reste', createdAt: ago });
  await h.db.insert(schema.conversationReads).values({ conversationId, residentId, upTo: ago });
  await h.db.insert(schema.meetings).values({
    conversationId,
    id: newId(),
    at: now,
    place: 'canari-rendez-vous',
    proposedBy: residentId,
    proposedAt: ago,
  });
  await h.db
    .insert(schema.sharedDoors)
    .values({ favourId, ownerId: residentId, address: 'canari-porte', sharedAt: ago });
  await h.db
    .insert(schema.interests)
    .values({ id: newId(), residentId, category: 'pets', withinM: 500, createdAt: ago });
  await h.db.insert(schema.asks).values({ postId: theirs, residentId, step: 'residence', at: ago });
  await h.db.insert(schema.askDays).values({ residentId, day: '2026-11-20', told: 1 });
  await h.db.insert(schema.matches).values({ requestId: theirs, residentId, ring: 'residence', score: 1, reasons: [] });
  const seriesId = newId();
  await h.db.insert(schema.series).values({
    id: seriesId,
    title: 'canari-serie',
    authorId: residentId,
    every: 'week',
    firstFrom: ago,
    firstTo: now,
    until: now,
    madeUntil: now,
  });
  await h.db.insert(schema.seriesSkips).values({ seriesId, date: ago });
  await h.db.insert(schema.seriesStandings).values({ seriesId, residentId });
  await h.db.insert(schema.blocks).values({ residentId, blockedId: other.id });
  await h.db
    .insert(schema.vouches)
    .values({ id: newId(), residentId: other.id, voucherId: residentId, residenceId, createdAt: ago });
  await h.db.insert(schema.charterSignatures).values({ residentId, residenceId, version: 1, signedAt: ago });
  await h.db.insert(schema.residenceNotices).values({
    id: newId(),
    residenceId,
    text: 'canari-affiche',
    writtenBy: accountId,
    createdAt: ago,
    endsAt: now,
  });
  await h.db
    .insert(schema.residentConsents)
    .values({ residentId, consent: 'written', recordedBy: accountId, givenAt: ago });
  await h.db
    .insert(schema.residenceMoves)
    .values({ id: newId(), residentId, fromId: residenceId, toId: residenceId, movedAt: ago });
  await h.db
    .insert(schema.notifications)
    .values({ id: newId(), accountId, kind: 'ask', postId: theirs, createdAt: ago });
  await h.db
    .insert(schema.answers)
    .values({ accountId, key: newId(), requestHash: 'canari-empreinte', status: 201, body: '{"x":"canari-copie"}' });
  await h.db
    .insert(schema.emailTokens)
    .values({ hash: 'canari-jeton', accountId, email: 'canari-lien@courriel.test', expiresAt: now });
  await h.db.insert(schema.emailChanges).values({
    id: newId(),
    accountId,
    fromEmail: 'canari-avant@courriel.test',
    toEmail: 'canari-apres@courriel.test',
    confirmHash: 'canari-c',
    undoHash: 'canari-d',
    askedAt: ago,
  });
  await h.db.insert(schema.secondFactors).values({ accountId, sealedSecret: 'canari-secret', createdAt: ago });
  await h.db.insert(schema.recoveryCodes).values({ accountId, lookup: 'CANA', secretHash: 'canari-code' });
  await h.db.insert(schema.noticeChoices).values({ accountId, rows: {}, mailHour: 7, updatedAt: ago });
  await h.db.insert(schema.pushSubscriptions).values({
    id: newId(),
    accountId,
    endpoint: 'https://canari-appareil',
    p256dh: 'canari-cle',
    auth: 'canari-auth',
    createdAt: ago,
    usedAt: ago,
  });
  await h.db.insert(schema.actingSessions).values({
    id: newId(),
    accountId,
    residentId: other.id,
    consent: 'spoken',
    openedAt: ago,
    expiresAt: ago,
  });
  await h.db
    .insert(schema.postCopies)
    .values({ id: newId(), postId, email: 'canari-proche@courriel.test', locale: 'fr', createdAt: ago });
  const caseId = newId();
  const decisionId = newId();
  await h.db.insert(schema.cases).values({
    id: caseId,
    kind: 'report',
    subject: 'post',
    subjectId: postId,
    postId,
    aboutId: residentId,
    takenBy: accountId,
    residenceId,
    commune: '01173',
    createdAt: ago,
    updatedAt: ago,
  });
  await h.db.insert(schema.reports).values({
    id: newId(),
    caseId,
    subject: 'resident',
    subjectId: other.id,
    reporterId: residentId,
    reason: 'other',
    text: 'canari-signalement',
    createdAt: ago,
  });
  await h.db.insert(schema.decisions).values({
    id: decisionId,
    caseId,
    kind: 'warn',
    reason: 'other',
    text: 'motif-qui-reste',
    decidedBy: accountId,
    decidedAs: 'referent',
    createdAt: ago,
  });
  await h.db
    .insert(schema.appeals)
    .values({ decisionId, text: 'appel-qui-reste', createdAt: ago, decidedBy: accountId, outcome: 'upheld' });
  await h.db.insert(schema.kin).values({ accountId, residentId: other.id, createdAt: ago });
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId, role: 'referent', residenceId });
  await plantWatched(h, someone, other, now);
  await h.db
    .update(schema.accounts)
    .set({ email: 'canari-adresse@courriel.test', displayName: 'canari-nom-de-compte' })
    .where(sql`id = ${accountId}`);
  await h.db.update(schema.sessions).set({ agent: 'canari-navigateur' }).where(sql`account_id = ${accountId}`);
  await h.db
    .update(schema.residents)
    .set({ displayName: 'canari-nom', floor: 57, languages: ['gcf'], skills: ['sewing'] })
    .where(sql`id = ${residentId}`);
};
