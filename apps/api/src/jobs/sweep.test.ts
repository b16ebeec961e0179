import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTransaction, schema, watchAs } from '@palier/db';
import { applyTerm, type Term, terms } from '@palier/db/retention';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { dueRows } from '../../test/due-rows.ts';
import { openHarness } from '../../test/harness.ts';
import { newId } from '../ids.ts';
import { pruneOutbox } from '../live/index.ts';
import { sweep } from './sweep.ts';

const h = await openHarness({}, {}, undefined, true);
const now = new Date();
const { plant, plantPost, ago } = await dueRows(h, now);

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
  'people of the watch': -1,
  'readers of the watch': 364,
  'readings of the watch': 364,
  'checks of the watch': 89,
  'rounds of the watch': 89,
  'who could be a reader': 364,
  volunteers: 364,
  'counts of kits written': 6,
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
  const { rows } = await inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', now);
    return tx.execute<{ n: number }>(sql`select count(*)::int as n from ${term.table} where ${term.isDue(now)}`);
  });
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
