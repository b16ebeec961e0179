import { schema } from '@palier/db';
import { dataMap, declaredOf, type Entry } from '@palier/db/data-map';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';
import { plantLife } from '../../test/planted-life.ts';
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
const { residenceId } = someone;

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
await plantLife(h, someone, other, now);

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
  expect(linesWith(after, /ancien voisin|former neighbour/i)).toEqual([]);
  const names = async () => {
    const { items } = (await h.call('GET', '/favours', { as: other })).body;
    return (items as { other: { displayName: string } }[]).map((favour) => favour.other.displayName);
  };
  expect(await names()).toEqual(['Un ancien voisin', 'Un ancien voisin']);
  expect((await h.call('PATCH', '/me', { as: other, body: { locale: 'en' } })).status).toBe(200);
  expect(await names()).toEqual(['A former neighbour', 'A former neighbour']);
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
