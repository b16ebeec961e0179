import { inTransaction, schema, watchAs } from '@palier/db';
import { eq } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, expect, test, vi } from 'vitest';
import { newId } from '../../src/ids.ts';
import { openLog } from '../../src/process/log.ts';
import { openLiveHarness } from '../live-harness.ts';
import { checksOf, mintWatch, nth, setWeather, tick } from '../watch.ts';

/** What somebody read, and when: before the volunteer took the check, while they hold it, or once that is over. */
type Seen = { where: 'http' | 'frame' | 'log' | 'metrics'; role: string; phase: string; text: string };
const seen: Seen[] = [];
const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
  seen.push({ where: 'log', role: 'operator', phase, text: String(line) });
  return true;
});
afterAll(() => stderr.mockRestore());

let phase: 'offered' | 'held' | 'over' = 'offered';
let now = new Date('2026-07-06T05:00:00Z');
const clock = () => now;
const log = openLog({ logLevel: 'debug', isProduction: true });
const h = await openLiveHarness({ LOG_LEVEL: 'debug' }, {}, { parts: { log, clock }, isAlone: true });
const at = (time: string) => {
  now = new Date(`2026-07-06T${time}:00Z`);
};

const home = await mintWatch(h, { people: 1, volunteers: 2 });
const away = await mintWatch(h, { people: 1, volunteers: 1, residence: await h.mintResidence({ commune: '75056' }) });
const { residence } = home;
const here = { residenceId: residence.id, stairId: residence.stairs[0]?.id ?? null };
const person = nth(home.people, 0);
const officer = await h.mintAccount('Officier');
const at01173 = { id: newId(), accountId: officer.id, role: 'officer', commune: '01173' } as const;
await h.db.insert(schema.roleGrants).values(at01173);
const people = {
  person: await h.mintResident({ ...here, displayName: 'La personne' }),
  neighbour: await h.mintResident(here),
  volunteer: nth(home.volunteers, 0),
  otherVolunteer: nth(home.volunteers, 1),
  reader: home.readers[0],
  referent: home.referent,
  coordinator: home.coordinator,
  readerElsewhere: away.readers[0],
  volunteerElsewhere: nth(away.volunteers, 0),
  coordinatorElsewhere: away.coordinator,
  officer,
};
type Role = keyof typeof people;

const entry = {
  name: 'Canarine Nomcanari',
  door: 'porte-canari au fond, sonner fort',
  phone: '+33612340987',
  consent: 'slip',
  signedOn: '2026-06-21',
  signatory: 'Signataire-canari',
  recordedBy: people.reader.id,
} as const;
const contact = { name: 'Niece-canari', phone: '+33698765012' } as const;
await inTransaction(h.db, async (tx) => {
  await watchAs(tx, 'house', now);
  const mine = eq(schema.watchPeople.id, person.id);
  await tx
    .update(schema.watchPeople)
    .set({ ...entry, residentId: people.person.id })
    .where(mine);
  await tx.update(schema.watchContacts).set(contact).where(eq(schema.watchContacts.personId, person.id));
});

const ask = async (role: Role | 'anonymous', method: 'GET' | 'POST', url: string, body?: object) => {
  const as = role === 'anonymous' ? undefined : people[role];
  const answer = await h.call(method, url, { as, ...(body && { body }) });
  const text = `${method} ${answer.status} ${JSON.stringify(answer.headers)} ${answer.text}`;
  seen.push({ where: 'http', role, phase, text });
  return answer;
};
const everyone = [...(Object.keys(people) as Role[]), 'anonymous'] as const;

/** Everything that may be read of the watch, and what is nobody's business but might tell of it, by each role. */
const look = async (checkId: string, roles: readonly (typeof everyone)[number][] = everyone): Promise<void> => {
  const { territoryId, id } = residence;
  const urls = [
    ...['/watch/me', '/watch/me/readings', '/watch/people', `/watch/people/${person.id}`, '/watch/visits'],
    ...[
      `/watch/people/${person.id}/sheet`,
      '/watch/board',
      '/watch/sheet',
      `/watch/alarms/${checkId}`,
      '/watch/rounds',
    ],
    ...[`/territories/${territoryId}/watch`, '/notifications'],
    ...['/me', '/me/export', `/moderation/journal?residence=${id}`, '/communes/01173/indicators?period=now'],
  ];
  for (const role of roles) await Promise.all(urls.map((url) => ask(role, 'GET', url)));
  seen.push({ where: 'metrics', role: 'operator', phase, text: (await h.call('GET', '/metrics')).text });
};

const digits = (phone: string) => phone.slice(3);
/** What the person and their readers alone know; a volunteer never. */
const secrets = ['Nomcanari', 'Signataire-canari', 'Niece-canari', digits(entry.phone), digits(contact.phone)];
/** What whoever goes to the door sees as long as they hold the check. */
const ofTheDoor = ['Canarine', 'porte-canari'];
const closest: readonly string[] = ['person', 'reader'];
const has = (tokens: readonly string[]) => (one: { text: string }) => tokens.some((token) => one.text.includes(token));

test('who is on the watch is read by themselves, their readers, and whoever holds their check while they do', {
  timeout: 60_000,
}, async () => {
  const live = [];
  for (const role of Object.keys(people) as Role[]) live.push({ role, reader: await h.read(people[role]) });
  await setWeather(h, residence.territoryId, '01', 'orange');
  at('07:00');
  await tick(h);
  const checkId = String((await checksOf(h, home.people))[0]?.id);
  await look(checkId, ['person', 'reader', 'volunteer', 'otherVolunteer']);
  phase = 'held';
  const { body } = await ask('volunteer', 'POST', `/watch/checks/${checkId}/claim`);
  for (const role of everyone.filter((one) => !['volunteer', 'reader'].includes(one)))
    await ask(role, 'POST', `/watch/checks/${checkId}/claim`);
  await look(checkId);
  at('08:30'); // the hour for which it was held is over
  phase = 'over';
  await tick(h);
  const said = { outcome: 'no-answer' };
  await ask('volunteer', 'POST', `/watch/attempts/${body.check.attemptId}/outcome`, said);
  await ask('otherVolunteer', 'POST', `/watch/attempts/${body.check.attemptId}/outcome`, said);
  await look(checkId, ['volunteer']);
  at('13:30');
  await tick(h);
  await ask('reader', 'POST', `/watch/alarms/${checkId}/acknowledge`);
  await ask('reader', 'POST', `/watch/alarms/${checkId}/steps`, { step: 'contact-called' });
  await look(checkId);
  await ask('reader', 'POST', `/watch/alarms/${checkId}/end`, { ending: 'reached' });
  const entries = [{ checkId, outcome: 'reached', at: now.toISOString() }];
  await ask('reader', 'POST', '/watch/entries', { entries });
  await h.settled();
  for (const { role, reader } of live) {
    seen.push(...reader.frames.map((frame): Seen => ({ where: 'frame', role, phase, text: JSON.stringify(frame) })));
    reader.socket.terminate();
  }
  const told = ({ where, role, phase: when, text }: Seen) => `${where} as ${role}, ${when}: ${text.slice(0, 300)}`;
  const near = (one: Seen) => one.where === 'http' && closest.includes(one.role);
  const atTheDoor = (one: Seen) => one.where === 'http' && one.role === 'volunteer' && one.phase === 'held';
  expect(
    seen
      .filter(has(secrets))
      .filter((one) => !near(one))
      .map(told),
  ).toEqual([]);
  expect(
    seen
      .filter(has(ofTheDoor))
      .filter((one) => !near(one) && !atTheDoor(one))
      .map(told),
  ).toEqual([]);
});

test('nothing of it is kept outside the tables of the watch: no event, notice, log line nor kept answer', async () => {
  const owner = new pg.Client(h.ownerUrl);
  await owner.connect();
  try {
    const { rows: tables } = await owner.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'watch\\_%'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await owner.query<{ text: string }>(
        `select t::text as text from ${pg.escapeIdentifier(name)} t`,
      );
      found.push(...rows.filter(has([...secrets, ...ofTheDoor])).map(({ text }) => `${name}: ${text}`));
    }
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['outbox', 'audit', 'notifications']));
    expect(found).toEqual([]);
  } finally {
    await owner.end();
  }
});

test('the log keeps for ever that a visit was answered, by whom and when, and nothing of what was found', async () => {
  const { rows } = await h.pool.query<{ action: string; reason: string | null; actor_id: string | null; at: Date }>(
    `select action, reason, actor_id, at from audit where subject = 'check' and subject_id = any($1)`,
    [(await checksOf(h, home.people)).map(({ id }) => id)],
  );
  const done = (action: string) => rows.filter((row) => row.action === action);
  expect(done('check.answer')).toEqual([
    {
      action: 'check.answer',
      reason: null,
      actor_id: people.volunteer.accountId,
      at: new Date('2026-07-06T08:30:00Z'),
    },
  ]);
  for (const action of ['check.enter', 'alarm.acknowledge', 'alarm.step', 'alarm.end'])
    expect(done(action)).toMatchObject([{ actor_id: people.reader.id, reason: null }]);
  expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set([null, 'bell', 'contacts'])); // how they went, what they read
});

test('the search finds what it looks for where it may be', () => {
  const reads = (role: Role, when: string, tokens: readonly string[]) =>
    seen.some((one) => one.role === role && one.phase === when && tokens.every((token) => one.text.includes(token)));
  expect(reads('person', 'offered', ['Nomcanari', 'Niece-canari', digits(contact.phone), 'porte-canari'])).toBe(true);
  expect(reads('reader', 'over', ['Canarine', 'Niece-canari', digits(entry.phone)])).toBe(true);
  expect(reads('volunteer', 'held', ofTheDoor)).toBe(true);
  expect(reads('coordinator', 'over', ['"waiting":[{'])).toBe(true);
  expect(
    seen.some(({ role, where, text }) => role === 'coordinator' && where !== 'frame' && /escalated|"alarm"/.test(text)),
  ).toBe(false);
  expect(seen.filter(({ where }) => where === 'frame').length).toBeGreaterThan(3);
});
