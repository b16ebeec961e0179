import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schema } from '@palier/db';
import { type Cell, cellCentre, homeCell } from '@palier/domain/places';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { newId } from '../../src/ids.ts';
import { openMailer, sendConfirmation, sendReset } from '../../src/notifications/index.ts';
import { openLog } from '../../src/process/log.ts';
import { gex, password } from '../harness.ts';
import { openLiveHarness } from '../live-harness.ts';

/** Where a byte was seen, and by whom. */
type Seen = { where: 'http' | 'frame' | 'log' | 'mail' | 'metrics'; role: string; text: string };
const seen: Seen[] = [];

const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
  seen.push({ where: 'log', role: 'operator', text: String(line) });
  return true;
});
afterAll(() => stderr.mockRestore());

const h = await openLiveHarness(
  { LOG_LEVEL: 'debug' },
  {},
  { parts: { log: openLog({ logLevel: 'debug', isProduction: true }) } },
);

/** Each canary, and who alone may read it in which place. */
type Canary = { name: string; tokens: string[]; mayRead: (one: Seen) => boolean };
const canaries: Canary[] = [];
const nobody = () => false;
const ofRoles =
  (...roles: string[]) =>
  (one: Seen) =>
    (one.where === 'http' || one.where === 'mail') && roles.includes(one.role);
const watch = (name: string, tokens: string[], mayRead: Canary['mayRead']) => canaries.push({ name, tokens, mayRead });

let serial = 0;
const hide = async (residenceId: string, name: string, residents: string[]) => {
  const n = ++serial;
  const [lat, lon] = [46.330_918_27 + n * 0.000_111_13, 6.057_283_64 + n * 0.000_111_17];
  const address = `${n} impasse du Canari-Adresse-${n}`;
  await h.db
    .update(schema.residencePlaces)
    .set({ lat, lon, address })
    .where(eq(schema.residencePlaces.residenceId, residenceId));
  await h.db
    .update(schema.residences)
    .set({ name: `Canari-Nom-${n}` })
    .where(eq(schema.residences.id, residenceId));
  watch(`${name}: address`, [address, `Canari-Adresse-${n}`], nobody);
  watch(
    `${name}: exact point`,
    [String(lat).slice(0, 9), String(lon).slice(0, 8), lat.toFixed(5), lon.toFixed(5)],
    nobody,
  );
  watch(`${name}: residence's name`, [`Canari-Nom-${n}`], ofRoles(...residents));
};

const centre = cellCentre(gex.cell as Cell);
const near = homeCell({ lat: centre.lat + 0.004, lon: centre.lon + 0.006 }, 9);
const [home, beside] = [await h.mintResidence(), await h.mintResidence({ cell: near })];
const people = {
  owner: await h.mintResident({ residenceId: home.id, stairId: home.stairs[0]?.id ?? null, displayName: 'Odile' }),
  sameStair: await h.mintResident({ residenceId: home.id, stairId: home.stairs[0]?.id ?? null }),
  helper: await h.mintResident({ residenceId: beside.id, displayName: 'Hélène' }),
  neighbour: await h.mintResident({ residenceId: beside.id }),
  standby: await h.mintResident({ cell: near }),
  farAway: await h.mintResident({ cell: '891fb466257ffff', commune: '75056' }),
  officer: await h.mintAccount('Officier'),
};
type Role = keyof typeof people;
const { owner, officer } = people;
await h.db
  .insert(schema.roleGrants)
  .values({ id: newId(), accountId: officer.id, role: 'officer', commune: gex.commune });
await hide(home.id, 'home', ['owner', 'sameStair', 'helper', 'newcomer']);
await hide(beside.id, 'beside', ['helper', 'neighbour', 'owner']);
await hide(people.farAway.residenceId, 'far', ['farAway']);
await hide(people.standby.residenceId, 'standby', ['standby']);
for (const [role, person] of Object.entries(people)) {
  const email = `canari-${role.toLowerCase()}@courriel.test`;
  await h.db.update(schema.accounts).set({ email }).where(eq(schema.accounts.email, person.email));
  person.email = email;
  watch(`${role}: e-mail`, [email], ofRoles(role));
  watch(`${role}: session`, [person.cookie.split('=')[1] ?? ''], nobody);
}
const { code } = await h.mintInvitation(home.id, 'slip');
watch('invitation code', [code, code.replaceAll('-', ''), code.replaceAll('-', '').slice(4)], nobody);
watch('a typed password', [password, encodeURIComponent(password)], nobody);
watch('hashes', ['$argon2'], nobody);
watch('the person asked for', ['Canari-Beneficiaire'], ofRoles('owner', 'helper'));
watch('the note of a yes', ['Canari-Note'], ofRoles('owner', 'helper'));
watch('the thanks', ['Canari-Merci'], ofRoles('owner', 'helper'));
watch(
  'a post for the stair',
  ['Canari-Escalier'],
  (one) => ['owner', 'sameStair'].includes(one.role) && one.where !== 'log',
);
watch(
  'keys',
  Object.values(h.deps.keys).map((key) => key.toString('base64url')),
  nobody,
);

const ask = async (
  role: Role | 'anonymous' | 'newcomer',
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  body?: object,
) => {
  const as = role === 'anonymous' || role === 'newcomer' ? undefined : people[role];
  const answer = await h.call(method, url, { as, ...(body && { body }) });
  seen.push({
    where: 'http',
    role,
    text: `${method} -> ${answer.status} ${JSON.stringify(answer.headers)} ${answer.text}`,
  });
  return answer;
};

/** A whole life of requests, as every role. */
const live = async (): Promise<void> => {
  const readers = new Map<Role, Awaited<ReturnType<typeof h.read>>>();
  for (const role of Object.keys(people) as Role[]) readers.set(role, await h.read(people[role]));
  await ask('newcomer', 'GET', `/invitations/${code}`);
  const entry = { code, displayName: 'Nouvelle', email: 'canari-nouvelle@courriel.test', password, adult: true };
  watch('newcomer: e-mail', [entry.email], ofRoles('newcomer'));
  const entered = await ask('newcomer', 'POST', '/residents', entry);
  expect(entered.status).toBe(201);
  await ask('newcomer', 'POST', '/residents', entry);
  await ask('anonymous', 'GET', `/invitations/${code}`);
  for (const email of [owner.email, 'inconnue@courriel.test']) {
    await ask('anonymous', 'POST', '/session', { email, password: 'pas le bon mot' });
    await ask('anonymous', 'POST', '/password/reset', { email });
  }
  const draft = {
    kind: 'request',
    category: 'errands',
    title: 'Un pain et du lait',
    audience: 'neighbourhood',
    onBehalfOf: { name: 'Canari-Beneficiaire', consent: 'spoken' },
  };
  const { post } = (await ask('owner', 'POST', '/posts', draft)).body;
  const { post: hidden } = (
    await ask('owner', 'POST', '/posts', { ...draft, title: 'Canari-Escalier', audience: 'stair' })
  ).body;
  const look = async () => {
    for (const role of [...(Object.keys(people) as Role[]), 'anonymous'] as const)
      for (const url of [
        '/me',
        '/posts?limit=100',
        '/posts?q=Canari',
        `/posts/${post.id}`,
        `/posts/${hidden.id}`,
        '/favours',
        '/favours?live=true',
        '/instance',
        '/openapi.json',
        '/communes?q=gex',
      ])
        await ask(role, 'GET', url);
    seen.push({ where: 'metrics', role: 'operator', text: (await h.call('GET', '/metrics')).text });
  };
  await look();
  const { favour } = (await ask('helper', 'POST', `/posts/${post.id}/favours`, { note: 'Canari-Note' })).body;
  await ask('standby', 'POST', `/posts/${post.id}/favours`, {});
  for (const role of ['neighbour', 'farAway', 'officer', 'sameStair', 'anonymous'] as const) {
    await ask(role, 'POST', `/posts/${post.id}/favours`, {});
    for (const act of ['withdraw', 'decline', 'done', 'no-show', 'thank'])
      await ask(role, 'POST', `/favours/${favour.id}/${act}`, { reason: 'other' });
    await ask(role, 'PATCH', `/posts/${post.id}`, { title: 'Autre' });
  }
  await look();
  await ask('helper', 'POST', `/favours/${favour.id}/done`, { minutes: 20 });
  await ask('owner', 'POST', `/favours/${favour.id}/thank`, { text: 'Canari-Merci' });
  await ask('neighbour', 'POST', `/blocks/${owner.id}`);
  await ask('owner', 'PATCH', `/posts/${hidden.id}`, { details: 'Canari-Escalier encore' });
  await look();
  await h.settled();
  for (const [role, reader] of readers) {
    seen.push(...reader.frames.map((frame): Seen => ({ where: 'frame', role, text: JSON.stringify(frame) })));
    reader.socket.terminate();
  }
};

/** What the job queue would have mailed, written as files. */
const mail = async (): Promise<void> => {
  const mailer = openMailer({ smtpUrl: undefined, mailFrom: h.env.mailFrom, dataDir: h.dataDir }, () => undefined);
  const ctx = { ...h.deps, mailer };
  await sendReset(ctx, { accountId: owner.accountId, jobId: newId() });
  const [newcomer] = await h.db
    .select()
    .from(schema.accounts)
    .where(eq(schema.accounts.email, 'canari-nouvelle@courriel.test'));
  await sendConfirmation(ctx, { accountId: newcomer?.id ?? '', jobId: newId() });
  const folder = join(h.dataDir, 'mail');
  const files = readdirSync(folder).sort();
  expect(files).toHaveLength(2);
  for (const [n, file] of files.entries())
    seen.push({ where: 'mail', role: n === 0 ? 'owner' : 'newcomer', text: readFileSync(join(folder, file), 'utf8') });
};

test('no canary is seen but where its owner lets it be', { timeout: 60_000 }, async () => {
  await live();
  await mail();
  const out = canaries.flatMap(({ name, tokens, mayRead }) =>
    seen
      .filter((one) => !mayRead(one) && tokens.some((token) => token.length > 0 && one.text.includes(token)))
      .map((one) => `${name} in ${one.where} as ${one.role}: ${one.text.slice(0, 300)}`),
  );
  expect(out).toEqual([]);
});

test('the search finds what it looks for where it may be', () => {
  const finds = (name: string, where: Seen['where'], role: string) => {
    const canary = canaries.find((each) => each.name === name);
    return seen.some(
      (one) => one.where === where && one.role === role && canary?.tokens.some((token) => one.text.includes(token)),
    );
  };
  expect(finds('owner: e-mail', 'http', 'owner')).toBe(true);
  expect(finds('owner: e-mail', 'mail', 'owner')).toBe(true);
  expect(finds("home: residence's name", 'http', 'helper')).toBe(true);
  expect(finds('the person asked for', 'http', 'helper')).toBe(true);
  expect(finds('the note of a yes', 'http', 'owner')).toBe(true);
  expect(finds('the thanks', 'http', 'helper')).toBe(true);
  expect(finds('a post for the stair', 'frame', 'sameStair')).toBe(true);
  expect(seen.filter(({ where }) => where === 'frame').length).toBeGreaterThan(10);
});

test('when the database is away, what was typed is not in the log', async () => {
  await h.pool.end();
  const typed = { email: 'canari-panne@courriel.test', password: 'canari de la panne' };
  const answer = await ask('anonymous', 'POST', '/session', typed);
  expect(answer.status).toBe(503);
  const logged = seen.filter(({ where, text }) => where === 'log' && /away|unexpected/.test(text));
  expect(logged.length).toBeGreaterThan(0);
  expect(seen.filter(({ text }) => text.includes('canari-panne') || text.includes('canari de la panne'))).toEqual([]);
});
