import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { openHarness } from '../../../test/harness.ts';
import { mintPost } from '../../../test/posts.ts';

const dayMs = 86_400_000;
const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
const iso = (at: number) => new Date(at).toISOString();

const addressOf = async (as: Resident): Promise<string> => (await h.call('POST', '/me/calendar', { as })).body.url;
const readAt = (url: string) => h.call('GET', new URL(url).pathname.replace(/^\/api/, ''));
const eventsAt = async (url: string) => {
  const { text, headers, status } = await readAt(url);
  expect([status, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((each) => {
    const event = new ICAL.Event(each);
    return {
      uid: event.uid,
      at: event.startDate.toJSDate().getTime(),
      summary: event.summary,
      status: String(each.getFirstPropertyValue('status')),
    };
  });
};
const dated = (from: number) => ({ windowFrom: new Date(from), windowTo: new Date(from + 3_600_000) });
const soon = () => Math.floor((Date.now() + 2 * dayMs) / 3_600_000) * 3_600_000;

test('a calendar holds what was promised and what was called off, as another program reads it', async () => {
  const [ana, ben] = [await h.mintResident(), await h.mintResident()];
  const from = soon();
  const [kept, dropped] = [
    await mintPost(h, ana, { ...dated(from), expiresAt: new Date(from + dayMs) }),
    await mintPost(h, ana, { ...dated(from + dayMs), category: 'garden', expiresAt: new Date(from + 2 * dayMs) }),
  ];
  await h.call('POST', `/posts/${kept.id}/favours`, { as: ben, body: {} });
  const { body } = await h.call('POST', `/posts/${dropped.id}/favours`, { as: ben, body: {} });
  await h.call('POST', `/favours/${body.favour.id}/withdraw`, { as: ben, body: { reason: 'unwell' } });
  expect((await eventsAt(await addressOf(ben))).map(({ at, summary, status }) => [at, summary, status])).toEqual(
    [
      [from, 'Vous aidez : Courses', 'CONFIRMED'],
      [from + dayMs, 'Vous aidez : Jardin, plantes', 'CANCELLED'],
    ].map((row) => row.map((cell) => (typeof cell === 'string' ? cell.replace(' :', '\u00A0:') : cell))),
  );
  const mine = await eventsAt(await addressOf(ana));
  expect(mine.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED']);
  expect(mine[0]?.summary).toContain('On vous aide');
  expect(mine[1]?.summary).toContain('sans réponse encore');
});

test('each date of a series is one event, before and after it is made; a skipped one is cancelled', async () => {
  const ana = await h.mintResident();
  const from = soon();
  const { body } = await h.call('POST', '/posts', {
    as: ana,
    body: {
      kind: 'request',
      category: 'errands',
      title: 'Les courses',
      window: { from: iso(from), to: iso(from + 3_600_000) },
      repeats: { every: 'week', until: iso(from + 29 * dayMs) },
    },
  });
  const { seriesId } = body.post;
  for (const days of [7, 21])
    await h.call('POST', `/series/${seriesId}/skip`, { as: ana, body: { from: iso(from + days * dayMs) } });
  const events = await eventsAt(await addressOf(ana));
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(5);
  const byDate = [...events].sort((a, b) => a.at - b.at).map(({ status }) => status);
  expect(byDate).toEqual(['CONFIRMED', 'CANCELLED', 'CONFIRMED', 'CANCELLED', 'CONFIRMED']);
});

test('it tells no name, no text and no place, and its secret is kept as a hash', async () => {
  const [ana, ben] = [await h.mintResident({ displayName: 'Zoé Canari' }), await h.mintResident()];
  const post = await mintPost(h, ana, { ...dated(soon()), title: 'Titre-canari', details: 'Détail-canari' });
  await h.call('POST', `/posts/${post.id}/favours`, { as: ben, body: { note: 'Mot-canari' } });
  const url = await addressOf(ben);
  expect((await readAt(url)).text).not.toMatch(/canari|Tilleuls|rue des Essais|Camille/i);
  const [row] = await h.db.select().from(schema.calendarFeeds).where(eq(schema.calendarFeeds.residentId, ben.id));
  const token = /([\w-]{43})\.ics$/.exec(url)?.[1] ?? '';
  expect(token).toHaveLength(43);
  expect(JSON.stringify(row)).not.toContain(token);
});

test('a new address ends the one before; taken back, it opens nothing; a stranger has none', async () => {
  const ana = await h.mintResident();
  const first = await addressOf(ana);
  const second = await addressOf(ana);
  expect([(await readAt(first)).status, (await readAt(second)).status]).toEqual([404, 200]);
  expect((await h.call('GET', '/me/calendar', { as: ana })).body.feed.createdAt).toBeTruthy();
  expect((await h.call('DELETE', '/me/calendar', { as: ana })).status).toBe(204);
  expect((await readAt(second)).status).toBe(404);
  expect((await h.call('GET', '/me/calendar', { as: ana })).body).toEqual({ feed: null });
  expect((await h.call('POST', '/me/calendar')).status).toBe(401);
  const made = await Promise.all(Array.from({ length: 20 }, () => addressOf(ana)));
  const open = await Promise.all(made.map(async (url) => (await readAt(url)).status));
  expect(open.filter((status) => status === 200)).toHaveLength(1);
});
