import { errorCodes } from '@palier/domain/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gex, openHarness } from '../harness.ts';
import { type Case, casesOf, type Operation } from './bad-inputs.ts';
import { mintCast, playScene } from './cast.ts';
import { writtenBodies } from './written-bodies.ts';

const isNightly = process.env.NIGHTLY === '1';
const runs = isNightly ? 1_000 : 100;
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
const written = writtenBodies({ ...cast, code, postId: scene.postId, now: clock() });

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
