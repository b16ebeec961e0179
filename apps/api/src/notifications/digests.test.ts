import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { schema } from '@palier/db';
import { timeZoneOfCommune } from '@palier/domain/places';
import { eq, inArray } from 'drizzle-orm';
import { type ParsedMail, simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { openPostOffice } from '../../test/post-office.ts';
import { newId } from '../ids.ts';
import { openMailer, sendDigests } from './index.ts';

let now = new Date('2026-10-12T00:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const office = await openPostOffice();
const context = { ...h.deps, mailer: openMailer({ ...h.env, smtpUrl: office.url }, () => undefined) };
const { notifications, digests } = schema;
const minuteMs = 60_000;

const mint = async (commune: string, mailHour: number | null, locale: 'fr' | 'en' = 'fr') => {
  const home = await h.mintResidence({ commune, stairs: 1 });
  const someone = await h.mintResident({ residenceId: home.id, commune, displayName: 'Odile Martin' });
  await h.db.update(schema.accounts).set({ locale }).where(eq(schema.accounts.id, someone.accountId));
  if (mailHour !== 18) await h.call('PATCH', '/me', { as: someone, body: { notices: { mailHour } } });
  const { accountId, cookie } = someone;
  return { accountId, cookie, email: `${accountId}@example.test`, zone: timeZoneOfCommune(commune), mailHour };
};
type Person = Awaited<ReturnType<typeof mint>>;
const tell = async ({ accountId }: Person): Promise<string> => {
  const id = newId();
  await h.db.insert(notifications).values({ id, accountId, kind: 'message', conversationId: newId(), createdAt: now });
  return id;
};
const parsed = async (): Promise<(ParsedMail & { email: string })[]> =>
  Promise.all(
    office.received.map(async ({ to, raw }) => Object.assign(await simpleParser(raw), { email: to[0] ?? '' })),
  );
/** What a wall clock of a zone shows, by the platform's own calendar. */
const wall = (at: Date, zone: string): { day: string; hour: number } => {
  const [day = '', hour = ''] = at.toLocaleString('sv-SE', { timeZone: zone }).split(' ');
  return { day, hour: Number(hour.slice(0, 2)) };
};

/** The same random walk at each run. */
const random = (() => {
  let state = 20_261_025;
  return (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
})();

test('three weeks over the change of hour: each person gets one e-mail a day at their hour with all that waits, or none; never twice, never at night', async () => {
  const people = [
    await mint('01173', 8),
    await mint('01173', 18, 'en'),
    await mint('01173', 21),
    await mint('97411', 9),
    await mint('97411', 20),
    await mint('97105', 12),
    await mint('97105', 21),
    await mint('01173', null),
  ];
  const waiting = new Map<Person, Set<string>>(people.map((person) => [person, new Set()]));
  const looked = new Set<string>();
  const expected: string[] = [];
  const until = new Date('2026-11-02T00:00:00Z');
  for (; now < until; now = new Date(now.getTime() + 60 * minuteMs)) {
    const person = people[random(people.length)];
    const theirs = person && waiting.get(person);
    if (person && theirs && random(3) === 0) theirs.add(await tell(person));
    if (person && theirs && theirs.size > 0 && random(4) === 0) {
      const [first = ''] = theirs;
      const isAll = random(2) === 0;
      await h.call('POST', '/notifications/read', { as: person, body: isAll ? { all: true } : { ids: [first] } });
      if (isAll) theirs.clear();
      else theirs.delete(first);
    }
    for (const one of people) {
      const { day, hour } = wall(now, one.zone);
      const key = `${one.email} ${day}`;
      if (one.mailHour === null || hour < one.mailHour || hour >= 22 || looked.has(key)) continue;
      looked.add(key);
      const news = waiting.get(one);
      if (news && news.size > 0) expected.push(`${key} ${one.mailHour} h: ${news.size}`);
      news?.clear(); // mailed once, whether it is read or not
    }
    await Promise.all([sendDigests(context), sendDigests(context)]);
  }
  const mails = await parsed();
  const got = mails.map(({ email, date, subject }) => {
    const zone = people.find((one) => one.email === email)?.zone ?? '';
    const { day, hour } = wall(date ?? new Date(0), zone);
    return `${email} ${day} ${hour} h: ${/(\d+)/.exec(subject ?? '')?.[1]}`;
  });
  expect(got.sort()).toEqual(expected.sort());
  expect(expected.length).toBeGreaterThan(40);
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length);
  const runs = await h.db.select().from(digests);
  expect(runs.filter(({ state }) => state === 'sent')).toHaveLength(expected.length);
  expect(runs.filter(({ state }) => state !== 'sent' && state !== 'nothing')).toEqual([]);
  expect(runs).toHaveLength(looked.size);
}, 120_000);

test('the e-mail says the same as text and HTML, in the reader’s language, and one asks for no more of it without signing in', async () => {
  now = new Date('2026-11-03T10:00:00Z');
  const person = await mint('01173', 18, 'en');
  const id = await tell(person);
  now = new Date('2026-11-03T17:00:00Z');
  await sendDigests(context);
  const mail = (await parsed()).find(({ email }) => email === person.email);
  expect(mail?.subject).toBe('Palier: 1 piece of news waits for you');
  expect(mail?.from?.text).toContain('palier@localhost');
  for (const body of [mail?.text, String(mail?.html)]) expect(body).toContain('A message waits for you');
  expect(mail?.html).not.toMatch(/<img|<script|src=|rue des Essais/);
  expect(mail?.headerLines).toContainEqual({
    key: 'list-unsubscribe-post',
    line: 'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  });
  const open = /\/api\/mail\/open\?l=[\w.-]+/.exec(mail?.text ?? '')?.[0] ?? '';
  const follow = async (path: string) =>
    (await h.app.inject({ url: path, headers: { host: h.env.origin.host } })).headers.location;
  expect(await follow(open)).toMatch(/^\/messages\//);
  const [{ conversationId } = { conversationId: '' }] = await h.db
    .select()
    .from(notifications)
    .where(eq(notifications.id, id));
  expect(await follow(open)).toBe(`/messages/${conversationId}`);
  // Not the last letter, of which two bits mean nothing: a change of them alone is the same signature.
  const forged = open.replace(/.(?=.{4}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
  expect(await follow(forged)).toBe('/avis');

  const stop = (
    mail?.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line.replaceAll(/\s+/g, '') ?? ''
  ).replace(/.*<https?:\/\/[^/]+|>.*/g, '');
  expect(await follow(stop)).toMatch(/^\/desabonnement\?l=/);
  const post = (url: string) =>
    h.app.inject({
      method: 'POST',
      url,
      headers: { host: h.env.origin.host, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
  expect((await post(stop.replace('mail/stop?l=', 'mail/stop?l=0'))).statusCode).toBe(404);
  expect([(await post(stop)).statusCode, (await post(stop)).statusCode]).toEqual([204, 204]);
  expect((await h.call('GET', '/me', { as: person })).body.notices.mailHour).toBeNull();
  await tell(person);
  const before = office.received.length;
  now = new Date('2026-11-04T18:00:00Z');
  await sendDigests(context);
  expect(office.received.slice(before).flatMap(({ to }) => to)).not.toContain(person.email);
  now = new Date(now.getTime() + 14 * 86_400_000);
  expect(await follow(open)).toBe('/avis');
  now = new Date(now.getTime() + 77 * 86_400_000);
  expect((await post(stop)).statusCode).toBe(404);
});

test('an address that takes no mail is written to no more, which its person reads on screen; confirming it again resumes', async () => {
  now = new Date('2026-11-24T10:00:00Z');
  const person = await mint('01173', 18);
  await tell(person);
  office.refused.add(person.email);
  now = new Date('2026-11-24T17:00:00Z');
  await sendDigests(context);
  const me = async () => (await h.call('GET', '/me', { as: person })).body;
  expect((await me()).account).toMatchObject({ emailConfirmed: false, emailFailed: true });
  const { items } = (await h.call('GET', '/notifications', { as: person })).body;
  expect(items[0]).toMatchObject({ kind: 'account', href: '/moi' });
  office.refused.clear();
  const before = office.received.length;
  now = new Date('2026-11-25T17:00:00Z');
  await sendDigests(context);
  expect(office.received).toHaveLength(before);
  expect((await h.call('POST', '/email/confirmation/resend', { as: person })).status).toBe(202);
});

test('a server that is busy is tried again within the day; what it took is not sent again', async () => {
  now = new Date('2026-12-01T10:00:00Z');
  const person = await mint('01173', 18);
  await tell(person);
  now = new Date('2026-12-01T17:00:00Z');
  office.busy.add(person.email);
  await sendDigests(context);
  const mine = () => office.received.filter(({ to }) => to.includes(person.email)).length;
  expect(mine()).toBe(0);
  office.busy.clear();
  now = new Date('2026-12-01T17:15:00Z');
  await sendDigests(context);
  await sendDigests(context);
  expect(mine()).toBe(1);
});

test('a process killed while it hands mails over, and another after it: nobody gets two, and nothing is lost', async () => {
  now = new Date('2026-12-08T10:00:00Z');
  const people: Person[] = [];
  for (let n = 0; n < 12; n++) people.push(await mint('01173', 18));
  for (const person of people) await tell(person);
  now = new Date('2026-12-08T17:00:00Z');
  const program = new URL('../../test/programs/send-digests.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, [program], {
    env: { ...process.env, DATABASE_URL: h.appUrl, DATA_DIR: h.dataDir, SMTP_URL: office.url, NOW: now.toISOString() },
    stdio: 'ignore',
  });
  const emails = new Set(people.map(({ email }) => email));
  const mine = () => office.received.flatMap(({ to }) => to).filter((email) => emails.has(email));
  office.onTaken = () => {
    if (mine().length === 5) child.kill('SIGKILL');
  };
  await once(child, 'exit');
  office.onTaken = undefined;
  now = new Date('2026-12-08T17:10:00Z');
  await Promise.all([sendDigests(context), sendDigests(context)]);
  expect(mine().sort()).toEqual([...emails].sort());
  const states = await h.db
    .select()
    .from(digests)
    .where(
      inArray(
        digests.accountId,
        people.map(({ accountId }) => accountId),
      ),
    );
  expect(states.map(({ state }) => state).filter((state) => state !== 'sent')).toEqual(['unsure']);
});
