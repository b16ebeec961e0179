import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../src/ids.ts';
import { dayInFrance } from '../day-in-france.ts';
import { gex, openHarness } from '../harness.ts';
import { openScreen, openSession, welcomeNeighbour } from '../offline.ts';
import { keysOf, unlike } from './answers.ts';
import { matrix } from './authorisation-matrix.ts';
import type { Row, Watched } from './authorisation-row.ts';
import { openBodies } from './bodies.ts';
import { mintCast, playScene, type Role, roles, type Scene, staff } from './cast.ts';
import { openTraces } from './traces.ts';
import { openWatchTargets } from './watch-targets.ts';
import { withoutKey } from './without-key.ts';

const h = await openHarness();
const cast = await mintCast(h);
const traces = await openTraces(h);
const watch = openWatchTargets(h, cast);
const { code } = await h.mintInvitation(cast.home.id);
const spare = await h.mintResident({ residenceId: cast.home.id });
const absent = '01890000-0000-7000-8000-000000000000';
type Answer = Awaited<ReturnType<typeof h.call>>;

const cookieOf = (role: Role) => (role === 'anonymous' ? undefined : cast.people[role]);

const bodies = openBodies(h, { code, residenceId: cast.home.id, spareId: spare.id, watch });
const bodyOf = ({ body }: Row) => (typeof body === 'string' ? bodies[body]?.() : Promise.resolve(body));

const routeOf = (operationId: string) => {
  const route = h.app.routeTable.find((each) => each.operationId === operationId);
  if (!route) throw new Error(`the matrix has a row for ${operationId}, which is no route`);
  return route;
};

type Ids = {
  post: string;
  favour: string;
  resident: string;
  code: string;
  interest: string;
  series: string;
  home: string;
  offline: string;
  acting: string;
  notice: string;
  paper: string;
  territory: string;
  grant: string;
  screen: string;
  hall: string;
  case: string;
  decision: string;
  kit: string;
  commune: string;
  coolPlace: string;
  campaign: string;
  none: string;
} & Watched;
const interest = newId();
/** The owner's own, which the owner may take away. */
const keepInterest = () =>
  h.db
    .insert(schema.interests)
    .values({ id: interest, residentId: cast.people.owner.id, category: 'garden', withinM: 500, createdAt: new Date() })
    .onConflictDoNothing();
let offline = await welcomeNeighbour(h, cast.people.referent, cast.home.id);
let actingId = absent;
let screen = { id: absent, token: '' };
/** The referent's own, which the referent may close. */
const keepActing = async () => {
  actingId = (await openSession(h, cast.people.referent, offline.id)).id;
};
let [noticeId, paperId, grantId] = [absent, absent, absent];
let coolPlaceId = absent;
let onWatch: Watched = { watched: absent, naming: absent, waiting: absent, watchGrant: absent, volunteer: absent };
/** A cool place of the owner's commune, which its coordinator may take off the list. */
const keepCoolPlace = async () => {
  coolPlaceId = newId();
  const place = { kind: 'park', name: 'Parc', whereabouts: 'Rue du Parc', hours: 'Toujours' } as const;
  await h.db
    .insert(schema.coolPlaces)
    .values({ id: coolPlaceId, commune: cast.home.commune, ...place, createdAt: new Date() });
};
let campaignId = absent;
/** A campaign of the owner's commune that runs, alone of its kit. */
const keepCampaign = async () => {
  campaignId = newId();
  const day = dayInFrance();
  const row = { id: campaignId, kit: 'heatwave', commune: cast.home.commune, firstDay: day, lastDay: day } as const;
  await h.db.delete(schema.campaigns).where(eq(schema.campaigns.commune, cast.home.commune));
  await h.db.insert(schema.campaigns).values({ ...row, openedAt: new Date() });
};
/** A notice and a code of the home, which whoever looks after it may end. */
const keepPapers = async () => {
  paperId = (await h.mintInvitation(cast.home.id, 'slip')).id;
  noticeId = newId();
  grantId = newId();
  const { id: accountId } = await h.mintAccount();
  await h.db.insert(schema.roleGrants).values({ id: grantId, accountId, role: 'referent', residenceId: cast.home.id });
  const at = { createdAt: new Date(), endsAt: new Date(Date.now() + 86_400_000) };
  await h.db
    .insert(schema.residenceNotices)
    .values({ id: noticeId, residenceId: cast.home.id, text: 'Mot', writtenBy: cast.people.referent.id, ...at });
};
const idsOf = (scene: Scene | null): Ids => ({
  post: scene?.postId ?? absent,
  favour: scene?.favourId ?? absent,
  resident: spare.id,
  code,
  interest,
  series: scene?.seriesId ?? absent,
  home: cast.home.id,
  offline: offline.id,
  acting: actingId,
  notice: noticeId,
  paper: paperId,
  territory: cast.home.territoryId,
  grant: grantId,
  screen: screen.id,
  hall: screen.token,
  case: scene?.caseId ?? absent,
  decision: scene?.decisionId ?? absent,
  kit: 'heatwave',
  commune: gex.commune,
  coolPlace: coolPlaceId,
  campaign: campaignId,
  none: '',
  ...onWatch,
});

const knock = (
  operationId: string,
  { query }: Row,
  role: Role,
  id: string,
  body: object | undefined,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const { method, url } = routeOf(operationId);
  const path = url.replace(/^\/api/, '').replace(/:\w+/, id) + (query ?? '');
  const from = `192.0.2.${roles.indexOf(role) + 1}`; // wrong codes are counted by address
  return h.call(method as 'GET', path, { as: cookieOf(role), from, headers, ...(body && { body }) });
};

/** Signing out ends the session that the other cells need. */
const reopen = async (role: Role) => {
  const person = cookieOf(role);
  if (!person || role === 'expired') return;
  const accountId = 'accountId' in person ? (person.accountId as string) : person.id;
  person.cookie = `${h.app.sessions.cookieName}=${await h.app.sessions.create(accountId, new Date())}`;
};

/** Makes what a row's path needs to be there. */
const setScene = async (operationId: string, row: Row): Promise<Scene | null> => {
  const scene = row.scene && (await playScene(h, cast, row.scene));
  if (row.target === 'interest') await keepInterest();
  if (row.target === 'offline' || row.target === 'acting')
    offline = await welcomeNeighbour(h, cast.people.referent, cast.home.id);
  if (row.target === 'acting') await keepActing();
  if (row.target === 'coolPlace') await keepCoolPlace();
  if (row.target === 'campaign') await keepCampaign();
  if (row.target === 'notice' || row.target === 'paper' || row.target === 'grant') await keepPapers();
  if (row.target === 'screen' || row.target === 'hall')
    screen = await openScreen(h, cast.people.referent, cast.home.id);
  if (operationId.startsWith('watch.'))
    onWatch = await (operationId === 'watch.people' ? watch.keepOne() : watch.keep());
  return scene;
};

test('every route has a row, and every row a route', () => {
  expect(Object.keys(matrix).sort()).toEqual(h.app.routeTable.map(({ operationId }) => operationId).sort());
});

for (const [operationId, row] of Object.entries(matrix)) {
  test(`${operationId}: each role, on what is the owner's, on nothing, on no id`, async () => {
    let scene: Scene | null = null;
    const { isCreating } = routeOf(operationId);
    const keyed = isCreating ? roles.findLast((role) => row.statuses[role] < 300 && cookieOf(role)) : undefined;
    let isSet = false; // until a call that is granted takes it away
    let left: Awaited<ReturnType<typeof traces.take>> | null = null; // what the calls before must have let be
    for (const role of roles) {
      if (!isSet) scene = await setScene(operationId, row);
      isSet = true;
      const id = idsOf(scene)[row.target];
      const wanted = row.statuses[role];
      const isDenied = wanted >= 400;
      const body = await bodyOf(row);
      const before = left ?? (await traces.take());
      const key = { 'idempotency-key': newId() };
      const answer = await knock(operationId, row, role, id, body, role === keyed ? key : {});
      expect([operationId, role, answer.status, answer.body?.code]).toEqual([
        operationId,
        role,
        wanted,
        answer.body?.code,
      ]);
      const after = await traces.take();
      if (isDenied) {
        expect([role, [...after]]).toEqual([role, [...before]]);
        expect(answer.headers['content-type']).toBe('application/problem+json');
        expect(
          Object.keys(answer.body).filter((key) => !['type', 'title', 'status', 'code', 'detail'].includes(key)),
        ).toEqual([]);
      } else if (row.writes) {
        const grown = (table: string) => traces.rowsOf(after, table) - traces.rowsOf(before, table);
        expect([role, grown('audit'), grown('outbox') >= 1]).toEqual([role, 1, true]);
        isSet = false;
      }
      left = isSet && typeof row.body !== 'string' ? after : null;
      if (role === keyed) {
        const again = await knock(operationId, row, role, id, body, key);
        expect([role, 'again', again.status, again.text]).toEqual([role, 'again', answer.status, answer.text]);
        expect([role, 'again', ...(await traces.take())]).toEqual([role, 'again', ...after]);
      }
      if (!isDenied && row.keys) expect([role, keysOf(answer.body)]).toEqual([role, [...row.keys].sort()]);
      if (operationId === 'session.close') await reopen(role);
      if (row.target === 'none') continue;

      const outside =
        wanted === 401 || (wanted === 403 && (row.isForStaff || (staff as readonly Role[]).includes(role)));
      const nobody = await knock(operationId, row, role, row.target === 'code' ? '0000-0000-0000-0000' : absent, body);
      expect([role, 'absent', nobody.status]).toEqual([role, 'absent', outside ? wanted : (row.unknown ?? 404)]);
      if (wanted === 404 && nobody.status === 404) expect([role, unlike(answer, nobody)]).toEqual([role, []]);
      const odd = await knock(operationId, row, role, 'pas-un-identifiant', body);
      expect([role, 'malformed', odd.status]).toEqual([role, 'malformed', outside ? wanted : (row.malformed ?? 400)]);
      if (operationId === 'blocks.set') await h.db.delete(schema.blocks).where(eq(schema.blocks.blockedId, spare.id));
    }
  });
}

test('every POST honours an Idempotency-Key, or it is written why it makes nothing that a second call would make again', () => {
  const posts = h.app.routeTable.filter(({ method }) => method === 'POST');
  const keyless = posts.filter(({ isCreating }) => !isCreating).map(({ operationId }) => operationId);
  expect(keyless.sort()).toEqual(Object.values(withoutKey).flat().sort());
  expect(posts.length - keyless.length).toBeGreaterThan(40);
});
