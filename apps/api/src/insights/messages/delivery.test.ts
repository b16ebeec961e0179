import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { openHarness } from '../../../test/harness.ts';
import { openPostOffice } from '../../../test/post-office.ts';
import { newId } from '../../ids.ts';
import { openMailer, sendDigests } from '../../notifications/index.ts';
import { quartersOfCommunes } from '../commune-quarters.ts';

let now = new Date('2026-11-10T09:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const office = await openPostOffice();
const context = { ...h.deps, mailer: openMailer({ ...h.env, smtpUrl: office.url }, () => undefined) };
const commune = '01173';
const quarters = (await quartersOfCommunes(h.db, [commune])).get(commune) ?? [];
const livesIn = async (quarter: number, displayName: string) => {
  const cell = quarters[quarter]?.cells[0] ?? '';
  return h.mintResident({ residenceId: (await h.mintResidence({ commune, cell })).id, stairId: null, displayName });
};
const officer = await h.mintAccount('Olga');
await h.db.insert(schema.roleGrants).values({ id: newId(), accountId: officer.id, role: 'officer', commune });
const [inside, outside] = [await livesIn(0, 'Irène'), await livesIn(1, 'Octave')];
const excluded = await livesIn(0, 'Edmond');
await h.db.update(schema.residents).set({ excludedAt: now }).where(eq(schema.residents.id, excluded.id));
/** Ten more in Irène’s residence: eleven in her quarter. */
for (let n = 0; n < 10; n++)
  await h.mintResident({ residenceId: inside.residenceId, stairId: null, displayName: `Voisin ${n}` });
const write = async (body: object) => {
  const answer = await h.call('POST', `/communes/${commune}/messages`, { as: officer, body });
  expect(answer.status).toBe(201);
};
const cardsOf = async (as: { cookie: string }): Promise<string[]> =>
  (await h.call('GET', '/town-messages', { as })).body.items.map(({ title }: { title: string }) => title);
/** Which of the three named got the day’s e-mail that left since the last look, and whether it says the town hall’s message. */
const mailed = async (): Promise<(readonly [string, boolean])[]> => {
  await sendDigests(context);
  const mails = office.received.splice(0).map(async ({ to, raw }) => {
    const { text, html } = await simpleParser(raw);
    return [to[0] ?? '', [text, String(html)].every((body) => body?.includes('Un message de la mairie'))] as const;
  });
  const named = new Set([inside.email, outside.email, excluded.email]);
  return (await Promise.all(mails)).filter(([to]) => named.has(to)).sort();
};

test('a message to a quarter is a card and a line of the evening’s e-mail there, once, and nothing next door', async () => {
  expect(quarters.length).toBeGreaterThan(1);
  const text = 'La rue sera fermée de lundi à mercredi.';
  await write({ purpose: 'works', title: 'Travaux rue du Mont', text, quarter: quarters[0]?.id });
  expect([await cardsOf(inside), await cardsOf(outside)]).toEqual([['Travaux rue du Mont'], []]);
  expect(await mailed()).toEqual([]);
  now = new Date('2026-11-10T17:05:00Z');
  expect(await mailed()).toEqual([[inside.email, true]]);
  now = new Date('2026-11-11T17:05:00Z');
  expect(await mailed()).toEqual([]);
});

test('a message to the whole commune is in everyone’s e-mail, but not of whoever read it first', async () => {
  now = new Date('2026-11-18T09:00:00Z');
  await write({
    purpose: 'works',
    title: 'Le marché change de place',
    text: 'Il se tient place de la Gare dès samedi.',
  });
  expect((await cardsOf(outside))[0]).toBe('Le marché change de place');
  await h.call('POST', '/notifications/read', { as: inside, body: { all: true } });
  now = new Date('2026-11-18T17:05:00Z');
  expect(await mailed()).toEqual([[outside.email, true]]);
});

test('a message to a quarter of fewer than eleven people goes to the whole commune, and its archive says the quarter', async () => {
  now = new Date('2026-11-26T09:00:00Z');
  const text = 'L’eau sera coupée jeudi matin, de huit heures à midi.';
  await write({ purpose: 'cut', title: 'Coupure d’eau', text, quarter: quarters[1]?.id });
  expect([(await cardsOf(inside))[0], (await cardsOf(outside))[0]]).toEqual(['Coupure d’eau', 'Coupure d’eau']);
  const { body } = await h.call('GET', `/communes/${commune}/messages`);
  expect(body.items[0]).toMatchObject({ title: 'Coupure d’eau', quarter: 2 });
});
