import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schema } from '@palier/db';
import { applyTerm, type Term, terms } from '@palier/db/retention';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { newId } from '../ids.ts';
import { pruneOutbox } from '../live/index.ts';
import { sweep } from './sweep.ts';

const h = await openHarness({}, {}, undefined, true);
const dayMs = 86_400_000;
const now = new Date();
const ago = (days: number): Date => new Date(now.getTime() - days * dayMs);
const someone = await h.mintResident();
const other = await h.mintResident();
const { accountId } = someone;

const plantPost = async (days: number, state: 'open' | 'done' = 'done') => {
  const id = newId();
  await h.db.insert(schema.posts).values({
    id,
    authorId: someone.id,
    residenceId: someone.residenceId,
    commune: '01173',
    cell: 'x',
    kind: 'request',
    category: 'errands',
    title: 'Un pain',
    details: 'Du lait',
    audience: 'residence',
    state,
    createdAt: ago(days),
    updatedAt: ago(days),
    expiresAt: ago(days),
  });
  return id;
};

const plantFavour = async (days: number) => {
  const row = {
    id: newId(),
    postId: await plantPost(days),
    commune: '01173',
    authorId: someone.id,
    acceptedBy: other.id,
    helperId: other.id,
    beneficiaryId: someone.id,
    state: 'done',
    note: 'Je passe',
    thanks: 'Merci',
    createdAt: ago(days),
    updatedAt: ago(days),
  } as const;
  await h.db.insert(schema.favours).values(row);
  return row;
};

/** One row of each term, as old as `days`. */
const plant: Readonly<Record<string, (days: number) => Promise<unknown>>> = {
  sessions: (days) => h.db.insert(schema.sessions).values({ id: newId(), userId: accountId, expiresAt: ago(days) }),
  links: (days) =>
    h.db.insert(schema.emailTokens).values({ hash: newId(), accountId, email: 'x', expiresAt: ago(days) }),
  'changes of address': (days) =>
    h.db.insert(schema.emailChanges).values({
      id: newId(),
      accountId,
      fromEmail: 'x',
      toEmail: 'y',
      confirmHash: newId(),
      undoHash: newId(),
      askedAt: ago(days),
    }),
  cases: async (days) => {
    const postId = await plantPost(0, 'open');
    await h.db.insert(schema.cases).values({
      ...{ id: newId(), kind: 'report', state: 'closed', subject: 'post', subjectId: postId, aboutId: someone.id },
      ...{ residenceId: someone.residenceId, commune: '01173', createdAt: ago(days), updatedAt: ago(days) },
    });
  },
  answers: (days) =>
    h.db
      .insert(schema.answers)
      .values({ accountId, key: newId(), requestHash: 'x', status: 201, body: '{}', createdAt: ago(days) }),
  attempts: (days) => h.db.insert(schema.attempts).values({ key: newId(), windowStart: ago(days), count: 1 }),
  notifications: async (days) =>
    h.db
      .insert(schema.notifications)
      .values({ id: newId(), accountId, kind: 'ask', postId: await plantPost(1), createdAt: ago(days) }),
  devices: (days) =>
    h.db.insert(schema.pushSubscriptions).values({
      ...{ id: newId(), accountId, endpoint: newId(), p256dh: 'x', auth: 'x' },
      ...{ createdAt: ago(days), usedAt: ago(days) },
    }),
  pushes: async (days) => {
    const notificationId = newId();
    await h.db
      .insert(schema.notifications)
      .values({ id: notificationId, accountId, kind: 'account', createdAt: ago(1) });
    await h.db.insert(schema.pushes).values({ notificationId, accountId, day: '2026-01-01', dueAt: ago(days) });
  },
  'daily mails': (days) =>
    h.db
      .insert(schema.digests)
      .values({ accountId, day: ago(days).toISOString().slice(0, 10), state: 'nothing', dueAt: ago(days) }),
  asks: async (days) =>
    h.db
      .insert(schema.asks)
      .values({ postId: await plantPost(1), residentId: someone.id, step: 'residence', at: ago(days) }),
  'days of asks': (days) =>
    h.db.insert(schema.askDays).values({ residentId: someone.id, day: ago(days).toISOString().slice(0, 10), told: 1 }),
  roles: (days) =>
    h.db
      .insert(schema.roleGrants)
      .values({ id: newId(), accountId, role: 'officer', commune: '01173', revokedAt: ago(days) }),
  moves: (days) =>
    h.db.insert(schema.residenceMoves).values({
      id: newId(),
      residentId: someone.id,
      fromId: someone.residenceId,
      toId: other.residenceId,
      movedAt: ago(days),
    }),
  notices: (days) =>
    h.db.insert(schema.residenceNotices).values({
      id: newId(),
      residenceId: someone.residenceId,
      text: 'Eau coupée',
      writtenBy: accountId,
      createdAt: ago(days),
      endsAt: ago(days),
    }),
  'acting for someone': (days) =>
    h.db.insert(schema.actingSessions).values({
      id: newId(),
      accountId,
      residentId: other.id,
      consent: 'spoken',
      openedAt: ago(days),
      expiresAt: ago(days),
      closedAt: ago(days),
    }),
  screens: (days) =>
    h.db.insert(schema.hallScreens).values({
      id: newId(),
      residenceId: someone.residenceId,
      tokenHash: newId(),
      createdBy: accountId,
      createdAt: ago(days),
      revokedAt: ago(days),
    }),
  'relatives in copy': async (days) => {
    const copy = { email: 'proche@example.test', locale: 'fr', createdAt: ago(days) };
    await h.db.insert(schema.postCopies).values([
      { ...copy, id: newId(), postId: await plantPost(days), confirmedAt: ago(days) },
      // Never confirmed: gone long before the ask ends.
      ...(days > 30 ? [{ ...copy, id: newId(), postId: await plantPost(1, 'open') }] : []),
    ]);
  },
  'people asked for': async (days) =>
    h.db
      .insert(schema.postBeneficiaries)
      .values({ postId: await plantPost(days), name: 'Zéphyrine', consent: 'spoken', givenAt: ago(days) }),
  'texts of posts': (days) => plantPost(days),
  'texts of series': (days) =>
    h.db.insert(schema.series).values({
      id: newId(),
      authorId: someone.id,
      every: 'week',
      firstFrom: ago(days),
      firstTo: ago(days),
      until: ago(days),
      madeUntil: ago(days),
      title: 'Le marché',
      endedAt: ago(days),
    }),
  'texts of favours': (days) => plantFavour(days),
  doors: async (days) => {
    const { id } = await plantFavour(days);
    await h.db
      .insert(schema.sharedDoors)
      .values({ favourId: id, ownerId: someone.id, address: '1 rue', sharedAt: ago(days) });
  },
  conversations: async (days) => {
    const { id, postId } = await plantFavour(days);
    await h.db.insert(schema.conversations).values({ id, postId, createdAt: ago(days) });
    const words = { id: newId(), conversationId: id, authorId: someone.id, text: 'Bonjour', createdAt: ago(days) };
    await h.db.insert(schema.messages).values(words);
  },
};

/** A day short of each term, counted from the row's own date; 0 is a date in the future. */
const daysKept: Readonly<Record<string, number>> = {
  sessions: -1,
  links: -1,
  'changes of address': 29,
  answers: 0.9,
  attempts: 1.9,
  notifications: 89,
  devices: 89,
  pushes: 29,
  'daily mails': 29,
  asks: 89,
  'days of asks': 5,
  roles: 364,
  moves: 364,
  notices: 364,
  'acting for someone': 364,
  screens: 364,
  'relatives in copy': 29,
  'people asked for': 364,
  'texts of posts': 364,
  'texts of series': 364,
  cases: 365,
  'texts of favours': 364,
  doors: 0.9,
  conversations: 364,
};

const countDue = async (term: Term): Promise<number> => {
  const { rows } = await h.db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${term.table} where ${term.isDue(now)}`,
  );
  return rows[0]?.n ?? -1;
};

test('every term of the registry is tried here', () => {
  expect(terms.map(({ name }) => name).sort()).toEqual(Object.keys(plant).sort());
  expect(Object.keys(daysKept).sort()).toEqual(Object.keys(plant).sort());
});

test('past its term nothing is left, a day before it everything is', async () => {
  for (const term of terms) await plant[term.name]?.(daysKept[term.name] ?? 0);
  for (const term of terms) expect([term.name, await countDue(term)]).toEqual([term.name, 0]);
  for (const term of terms) await plant[term.name]?.(400);
  for (const term of terms) expect([term.name, await countDue(term)]).not.toEqual([term.name, 0]);
  await sweep({ db: h.db, dataDir: h.dataDir, now, pruneOutbox });
  for (const term of terms) expect([term.name, await countDue(term)]).toEqual([term.name, 0]);
  const left = await h.db.select({ title: schema.posts.title, updatedAt: schema.posts.updatedAt }).from(schema.posts);
  for (const { title, updatedAt } of left) expect(title).toBe(updatedAt < ago(365) ? 'Annonce effacée' : 'Un pain');
  const { rows } = await h.db.execute(
    sql`select count(*)::int as n from sessions where expires_at > ${now.toISOString()}`,
  );
  expect(rows[0]?.['n']).toBeGreaterThan(0);
});

test('a post that is still open keeps its text, however old', async () => {
  const id = await plantPost(800, 'open');
  await sweep({ db: h.db, dataDir: h.dataDir, now, pruneOutbox });
  const { rows } = await h.db.execute(sql`select title, details from posts where id = ${id}`);
  expect(rows).toEqual([{ title: 'Un pain', details: 'Du lait' }]);
});

test('what is due is done in bounded batches, all of it, and a second time finds nothing', async () => {
  const rows = Array.from({ length: 2_500 }, () => ({ key: newId(), windowStart: ago(3), count: 1 }));
  await h.db.insert(schema.attempts).values(rows);
  const term = terms.find(({ name }) => name === 'attempts') as Term;
  const both = await Promise.all([applyTerm(h.db, term, now), applyTerm(h.db, term, now)]);
  expect(both[0] + both[1]).toBe(2_500);
  expect(await applyTerm(h.db, term, now)).toBe(0);
});

test('events of the stream go after seven days, mail files too', async () => {
  await h.db.insert(schema.outbox).values([
    { seq: 1, kind: 'audit', change: 'x', createdAt: ago(8) },
    { seq: 2, kind: 'audit', change: 'x', createdAt: ago(6) },
  ]);
  await h.pool.query('update stream_head set seq = 2 where id = 1');
  mkdirSync(join(h.dataDir, 'mail'));
  for (const [name, days] of [
    ['over', 8],
    ['kept', 6],
  ] as const) {
    writeFileSync(join(h.dataDir, `mail/${name}.eml`), '');
    utimesSync(join(h.dataDir, `mail/${name}.eml`), ago(days), ago(days));
  }
  expect(await sweep({ db: h.db, dataDir: h.dataDir, now, pruneOutbox })).toMatchObject({ events: 1, mails: 1 });
  expect(readdirSync(join(h.dataDir, 'mail'))).toEqual(['kept.eml']);
});
