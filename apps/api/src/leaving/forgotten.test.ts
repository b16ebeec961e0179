import { schema } from '@palier/db';
import { dataMap, declaredOf, type Entry } from '@palier/db/data-map';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';
import { newId } from '../ids.ts';
import { eraseDue } from './erase-due.ts';
import { forgetResident } from './forget-resident.ts';

const dayMs = 86_400_000;
let now = new Date();
const h = await openHarness({}, { clock: () => now }, undefined, true);
const owner = new pg.Client(h.ownerUrl);
owner.on('error', () => undefined);
await owner.connect();
afterAll(() => owner.end());
const ctx = () => ({ ...h.deps, actor: null, now, ip: '', locale: 'fr' as const, tx: null });

const someone = await h.mintResident();
const other = await h.mintResident({ residenceId: someone.residenceId });
const { accountId, id: residentId, residenceId } = someone;
const postId = newId();
const favourId = newId();
const ago = new Date(now.getTime() - dayMs);

/** A row of this person's in every table that can hold one, through the schema alone: what nobody thought of is planted too. */
const plant = async (): Promise<void> => {
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
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId, role: 'referent', residenceId });
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

const dump = async (): Promise<string> => {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname in ('public')`,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${name} t`);
    lines.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return lines.join('\n');
};
const linesWith = (text: string, words: RegExp) => text.split('\n').filter((line) => words.test(line));

const ofNobody = (entry: Entry): boolean => entry.mine === null;
await plant();

test('the export holds every personal column of every table, and no secret', async () => {
  await h.call('PATCH', '/me', { as: someone, body: { largeText: true } }); // a line in the log
  const from = performance.now();
  const answer = await h.call('GET', '/me/export', { as: someone });
  expect(performance.now() - from).toBeLessThan(5_000);
  expect([answer.status, answer.body.format]).toEqual([200, 'palier.export.v1']);
  expect(String(answer.headers['content-disposition'])).toMatch(/^attachment; filename="palier-/);
  const missing: string[] = [];
  for (const entry of dataMap) {
    const section = entry.name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const rows = answer.body[section] as Record<string, unknown>[] | undefined;
    const hasPersonal = Object.keys(entry.columns).some((key) => declaredOf(entry, key)?.is === 'personal');
    if (ofNobody(entry) || (!hasPersonal && !rows)) continue;
    if (!rows?.length) missing.push(entry.name);
    for (const key of Object.keys(entry.columns)) {
      const declared = declaredOf(entry, key);
      const isThere = rows?.every((row) => Object.hasOwn(row, key)) ?? false;
      if (declared?.is === 'personal' && !isThere) missing.push(`${entry.name}.${key}`);
      if (declared?.is === 'withheld' && isThere) missing.push(`${entry.name}.${key} is handed out`);
    }
  }
  expect(missing).toEqual([]);
  for (const secret of ['canari-secret', 'canari-code', 'canari-jeton', '$argon2', 'canari-empreinte', '46.333'])
    expect(answer.text).not.toContain(secret);
  for (const mine of ['canari-titre', 'canari-note', 'canari-adresse@courriel.test', 'merci-qui-reste'])
    expect(answer.text).toContain(mine);
});

test('an export holds nothing of anyone else’s, and is only one’s own', async () => {
  const answer = await h.call('GET', '/me/export', { as: other });
  for (const theirs of ['canari-adresse', 'canari-titre', 'canari-beneficiaire', 'canari-nom', 'canari-navigateur'])
    expect([theirs, answer.text.includes(theirs)]).toEqual([theirs, false]);
  expect((await h.call('GET', '/me/export')).status).toBe(401);
});

test('once forgotten, no canary is anywhere in the live database, and what others wrote stays', async () => {
  expect(linesWith(await dump(), /canari|CANA/).length).toBeGreaterThan(10);
  expect((await h.call('DELETE', '/me', { as: someone, body: { password } })).status).toBe(204);
  now = new Date(now.getTime() + 14 * dayMs + 1000);
  expect(await eraseDue(ctx())).toBe(1);
  const after = await dump();
  expect(linesWith(after, /canari|CANA|gcf|sewing/)).toEqual([]);
  expect(linesWith(after, /merci-qui-reste/)).toHaveLength(1);
  expect(linesWith(after, /message-qui-reste/)).toHaveLength(1);
  expect(linesWith(after, /le mot d’un autre/)).toHaveLength(1);
  expect(linesWith(after, /Un ancien voisin/).length).toBeGreaterThan(0);
  const seen = (await h.call('GET', '/favours', { as: other })).body.items as { other: { displayName: string } }[];
  expect(seen.map((favour) => favour.other.displayName)).toEqual(['Un ancien voisin', 'Un ancien voisin']);
});

test('whoever has no internet is forgotten by the operator at once', async () => {
  const offline = await h.mintResident({ residenceId });
  await h.db
    .update(schema.residents)
    .set({ accountId: null, displayName: 'Madame canari-papier' })
    .where(sql`id = ${offline.id}`);
  const by = { actorId: null, actorRole: 'operator' } as const;
  expect(await forgetResident(ctx(), by, { residentId: offline.id })).toBe(true);
  expect(linesWith(await dump(), /canari/)).toEqual([]);
  expect(await forgetResident(ctx(), by, { residentId: newId() })).toBe(false);
  const { rows } = await h.pool.query(
    `select actor_role, subject from audit where action = 'account.erase' and subject_id = $1`,
    [offline.id],
  );
  expect(rows).toEqual([{ actor_role: 'operator', subject: 'resident' }]);
});
