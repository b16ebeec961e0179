import { errorCodes } from '@palier/domain/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gex, openHarness } from '../harness.ts';
import { type Case, casesOf, type Operation } from './bad-inputs.ts';
import { mintCast, playScene } from './cast.ts';

const isNightly = process.env.NIGHTLY === '1';
const runs = isNightly ? 1_000 : 150;
const seed = Number(process.env.FUZZ_SEED ?? 20_261_122);
const hourMs = 3_600_000;

// Wrong codes are counted by the hour whatever RATE_LIMITS says: this clock moves on before they are too many.
let sent = 0;
const clock = () => new Date(Date.now() + (10 + Math.floor(sent / 100)) * hourMs);
const h = await openHarness({}, { clock });
const cast = await mintCast(h);
const scene = await playScene(h, cast, 'promised');
const { code } = await h.mintInvitation(cast.home.id);
const people = { owner: cast.people.owner, officer: cast.people.officer, anonymous: undefined };

const document = (await h.call('GET', '/openapi.json')).body as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** What no answer may tell: a stack, a statement, a driver's words, a path of the machine. */
const leaks =
  /\bat .+\.(?:ts|js):\d|node_modules|\bselect\b.+\bfrom\b|insert into|postgres|SQLSTATE|drizzle|\bpg_|syntax error|invalid input syntax|violates|ECONN|\/apps\/api/i;
const quiet = new Set(['operations.openApi', 'operations.metrics', 'communes.search', 'instance.read']);

const send = async (path: string, method: string, one: Case) => {
  sent += 1;
  const filled = path.replace(/\{\w+\}/, encodeURIComponent(one.ids.isWellFormed() ? one.ids : 'x'));
  const query = one.query.map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value.isWellFormed() ? value : '\ufffd')}`,
  );
  const person = people[one.role];
  const from = performance.now();
  const answer = await h.app.inject({
    method: method as 'GET',
    url: query.length > 0 ? `${filled}?${query.join('&')}` : filled,
    remoteAddress: `10.${sent >> 16}.${(sent >> 8) & 255}.${sent & 255}`,
    headers: {
      host: h.env.origin.host,
      origin: h.env.origin.origin,
      ...(person && { cookie: person.cookie }),
      ...one.headers,
    },
    ...(one.payload !== undefined && { payload: one.payload }),
  });
  return { answer, ms: performance.now() - from };
};

/** Calls that got past the schema, by operation: a fuzzer that knocks at the door alone proves nothing. */
const deep = new Map<string, number>();
const refusedAtTheDoor = new Set([400, 413, 415]);

for (const { path, method, operation } of operations)
  test(`${operation.operationId}: ${runs} calls, none of which breaks anything or tells anything`, async () => {
    const { operationId } = operation;
    const cases = casesOf(operation, [scene.postId, scene.favourId, cast.people.neighbour.id, code, gex.commune]);
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        let { answer, ms } = await send(path, method, one);
        if (ms > 1_000) ({ answer, ms } = await send(path, method, one)); // a machine at work elsewhere is not a slow answer
        const { statusCode, headers, payload } = answer;
        if (!refusedAtTheDoor.has(statusCode)) deep.set(operationId, (deep.get(operationId) ?? 0) + 1);
        expect(ms).toBeLessThan(1_000);
        expect(statusCode).toBeLessThan(500);
        if (!quiet.has(operationId)) expect(payload).not.toMatch(leaks);
        if (statusCode >= 400) {
          expect(headers['content-type']).toBe('application/problem+json');
          const problem = answer.json() as { code: (typeof errorCodes)[number]; status: number };
          expect(errorCodes).toContain(problem.code);
          expect(problem.status).toBe(statusCode);
        }
        if (operationId === 'session.close' && statusCode === 204 && one.role === 'owner')
          people.owner.cookie = `${h.app.sessions.cookieName}=${await h.app.sessions.create(people.owner.accountId, clock())}`;
      }),
      { seed, numRuns: runs },
    );
  }, 600_000);

test('a good part of those calls reached the use case', () => {
  const shallow = operations.map(({ operation }) => operation.operationId).filter((id) => (deep.get(id) ?? 0) < 5);
  expect(shallow).toEqual([]);
});

test('after all that, no prototype is changed, the owner still exists and the app answers', async () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect((await h.call('GET', '/health')).status).toBe(200);
  expect((await h.call('GET', '/me', { as: people.owner })).status).toBe(200);
});

/** Fields that only we may set, on whoever and whatever is written (Z5). */
const ours: Record<string, unknown> = {
  role: 'officer',
  roles: [{ role: 'coordinator' }],
  id: scene.postId,
  ownerId: cast.people.neighbour.id,
  authorId: cast.people.neighbour.id,
  accountId: cast.people.neighbour.accountId,
  status: 'done',
  state: 'open',
  verified: true,
  emailConfirmed: true,
  trust: 'trusted',
  commune: '75056',
  cell: '891f961802fffff',
  residenceId: cast.home.id,
  taken: 0,
  helpersTaken: 0,
  openFavours: 0,
  expiresAt: '2099-01-01T00:00:00Z',
  createdAt: '2020-01-01T00:00:00Z',
};
const tomorrow = new Date(clock().getTime() + 24 * hourMs).toISOString().slice(0, 10);
const campaignDays = { firstDay: tomorrow, lastDay: tomorrow };
const written: Record<string, object> = {
  'residents.enter': {
    code,
    displayName: 'Nouvelle',
    email: 'masse@example.test',
    password: 'une phrase de voisins',
    adult: true,
  },
  'session.open': { email: cast.people.owner.email, password: 'une phrase de voisins' },
  'email.confirm': { token: 'a'.repeat(43) },
  'insights.setHourly': { hourly: null },
  'insights.setPublic': { isPublic: false },
  'kits.addCoolPlace': { name: 'Médiathèque', kind: 'library', where: '1 place du Marché', hours: 'De 10 h à 18 h' },
  'campaigns.open': { kit: 'flood', ...campaignDays },
  'campaigns.openTerritory': { kit: 'flood', ...campaignDays },
  'campaigns.openTask': { task: 'lend-fan' },
  'town.write': { purpose: 'works', title: 'Travaux', text: 'La rue sera fermée lundi.' },
  'town.addNumber': { label: 'Mairie', number: '04 50 42 63 00' },
  'town.removeNumber': { numberId: scene.postId },
  'factor.begin': { password: 'pas le bon du tout' },
  'factor.confirm': { code: '000000' },
  'factor.give': { code: '000000' },
  'factor.remove': { password: 'pas le bon du tout' },
  'email.change': { email: 'ailleurs@example.test', password: 'pas le bon du tout' },
  'email.replace': { token: 'a'.repeat(43) },
  'email.undo': { token: 'a'.repeat(43) },
  'password.ask': { email: cast.people.owner.email },
  'password.reset': { token: 'a'.repeat(43), password: 'une phrase de voisins' },
  'me.edit': { displayName: 'Odile' },
  'push.subscribe': {
    endpoint: 'https://fcm.googleapis.com/fcm/send/masse',
    keys: { p256dh: `B${'a'.repeat(86)}`, auth: 'a'.repeat(22) },
  },
  'copies.confirm': { link: 'inconnu'.repeat(4) },
  'push.unsubscribe': { endpoint: 'https://fcm.googleapis.com/fcm/send/masse' },
  'me.leave': { password: 'pas le bon du tout' },
  'posts.create': { kind: 'request', category: 'errands', title: 'Un pain et du lait' },
  'posts.edit': { title: 'Deux pains et du lait' },
  'posts.withdraw': { reason: 'solved' },
  'favours.accept': {},
  'favours.withdraw': { reason: 'unwell' },
  'favours.decline': { reason: 'already-helped' },
  'favours.done': { minutes: 10 },
  'favours.noShow': { reason: 'nobody-came' },
  'favours.thank': { text: 'Merci' },
  'reports.create': { subject: 'post', subjectId: scene.postId, reason: 'other' },
  'cases.decide': { kind: 'allow', reason: 'in-order', text: 'Rien à redire.' },
  'decisions.appeal': { text: 'Je ne parlais de personne.' },
  'favours.excuse': { excuse: 'no-matter' },
  'posts.places': { helpersNeeded: 2 },
  'posts.stillNeeded': {},
  'series.edit': { title: 'Deux pains' },
  'series.skip': { from: '2026-12-01T09:00:00Z' },
  'series.keep': { from: '2026-12-01T09:00:00Z' },
  'series.end': { reason: 'solved' },
  'series.stand': {},
  'series.stop': {},
  'posts.widen': {},
  'interests.save': { category: 'pets', withinM: 500 },
  'interests.edit': { paused: true },
  'notifications.read': { all: true },
  'residence.move': { code },
  'charter.sign': { version: 1 },
  'offline.welcome': { displayName: 'Mme Roux', consent: 'spoken', adult: true },
  'acting.open': { consent: 'spoken' },
  'residences.edit': { mode: 'screened' },
  'residences.approve': { residentId: cast.people.newcomer.id },
  'residents.doubt': { reason: 'mistake' },
  'charters.write': { text: 'On se dit bonjour, et on range le local.', reviewOn: '2027-06-01' },
  'notices.write': { text: 'Le local est ouvert samedi.' },
  'invitations.create': { kind: 'slip' },
  'messages.send': { text: 'Bonjour' },
  'messages.read': { messageId: scene.postId },
  'meetings.propose': { at: new Date(clock().getTime() + 86_400_000).toISOString() },
  'meetings.agree': { meetingId: scene.postId },
  'doors.share': { floor: '3' },
  'residences.open': {
    name: 'Les Tests',
    address: '3 rue X',
    commune: '01173',
    homes: 3,
    point: { lat: 46.3, lon: 6 },
  },
  'residences.import': { file: 'bm9t', dryRun: true },
  'referents.name': { email: 'personne@example.test' },
  'watch.openRound': { territoryId: cast.home.territoryId, department: '01', hazard: 'heat', colour: 'red' },
  'watch.answer': { outcome: 'reached' },
  'watch.enter': { entries: [{ checkId: scene.postId, outcome: 'reached', at: '2026-07-08T10:00:00Z' }] },
  'watch.step': { step: 'contact-called' },
  'watch.end': { ending: 'reached' },
  'watch.join': { name: 'Odile', phone: '0450000000', part: 'morning', consent: true },
  'watch.edit': { name: 'Odile', phone: '0450000000', part: 'morning' },
  'watch.slip': {
    ...{ name: 'Odile', phone: '0450000000', part: 'morning', signatory: 'Odile', signedOn: '2026-11-20' },
    residenceId: cast.home.id,
  },
  'watch.grant': { email: 'personne@example.test', endsOn: '2027-01-31' },
  'watch.name': { grantId: scene.postId, endsOn: '2027-01-31' },
  'watch.announce': { outcome: 'accepted' },
  'weather.set': { department: '01', hazard: 'heat', colour: 'red' },
  'invitations.print': { kind: 'poster', codes: [code], locale: 'fr' },
};

const ofStaff = new Set(
  h.app.routeTable.filter(({ scope }) => scope === 'referents').map(({ operationId }) => operationId),
);
const ofOfficers = new Set(
  h.app.routeTable.filter(({ scope }) => scope === 'officers').map(({ operationId }) => operationId),
);
const ofCoordinators = new Set(
  h.app.routeTable
    .filter(({ scope }) => scope === 'coordinators' || scope === 'towns')
    .map(({ operationId }) => operationId),
);
const ofReaders = new Set(
  h.app.routeTable.filter(({ scope }) => scope === 'readers').map(({ operationId }) => operationId),
);

test('no writable route takes a field that is ours to set: 400, and nothing changes', async () => {
  const writable = operations.filter(({ operation }) => operation.requestBody);
  // The fuzzer closes sessions, the officer's too.
  const session = await h.app.sessions.create(cast.people.officer.id, clock());
  const officer = { cookie: `${h.app.sessions.cookieName}=${session}` };
  expect(Object.keys(written).sort()).toEqual(writable.map(({ operation }) => operation.operationId).sort());
  for (const { path, method, operation } of writable)
    for (const [key, value] of Object.entries(ours)) {
      const body = written[operation.operationId] ?? {};
      if (key in body) continue;
      const id = path.includes('favourId') || path.includes('conversationId') ? scene.favourId : scene.postId;
      const url = path.replace(/^\/api/, '').replace(/\{\w+\}/, id);
      const { status, body: problem } = await h.call(method as 'POST', url, {
        as: ofReaders.has(operation.operationId)
          ? cast.people.reader
          : ofCoordinators.has(operation.operationId)
            ? cast.people.coordinator
            : ofStaff.has(operation.operationId)
              ? cast.people.referent
              : ofOfficers.has(operation.operationId)
                ? officer
                : people.owner,
        body: { ...body, [key]: value },
      });
      expect([operation.operationId, key, status, problem?.code]).toEqual([
        operation.operationId,
        key,
        400,
        'request.invalid',
      ]);
    }
}, 60_000);
