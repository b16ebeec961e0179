import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { grantReferent, openCase } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { mintPost } from '../../test/posts.ts';
import { mintStaff } from '../../test/staff.ts';

const h = await openHarness();
const home = await h.mintResidence();
const referent = await mintStaff(h, { residenceId: home.id });
const coordinator = await mintStaff(h, { territoryId: home.territoryId }, 'Colin');
const stranger = await mintStaff(h, { residenceId: (await h.mintResidence()).id });
const live = (who: object = {}) => h.mintResident({ residenceId: home.id, stairId: null, ...who });
const at = `/residences/${home.id}`;
const approve = (as: { cookie: string }, residentId: string) =>
  h.call('POST', `${at}/residents`, { as, body: { residentId } });
const eventsOf = (accountId: string) => h.db.select().from(schema.outbox).where(eq(schema.outbox.sideA, accountId));

test('a referent reads their residence and its board; a coordinator may also name referents; a stranger finds nothing', async () => {
  const read = await h.call('GET', at, { as: referent });
  expect(read.body).toMatchObject({
    residence: { id: home.id, mode: 'screened', communeName: 'Gex', referents: 1 },
    charter: { version: 1, text: null },
    mayNameReferents: false,
    referents: [{ displayName: 'Rachel' }],
  });
  expect((await h.call('GET', at, { as: coordinator })).body.mayNameReferents).toBe(true);
  expect((await h.call('GET', at, { as: stranger })).status).toBe(404);
  expect((await h.call('GET', '/residences', { as: coordinator })).body.items).toMatchObject([{ id: home.id }]);
});

test('what waits is counted by its cases, appeals with them, and never the reader’s own', async () => {
  const place = await h.mintResidence();
  const [author, other] = [
    await h.mintResident({ residenceId: place.id, stairId: null }),
    await h.mintResident({ residenceId: place.id, stairId: null }),
  ];
  const keeper = await mintStaff(h, { residenceId: place.id });
  await grantReferent(h, author.accountId, place.id);
  await openCase(h, author);
  const appealed = await openCase(h, other);
  const [long, short] = [80, 50].map((hours) => new Date(Date.now() - hours * 3_600_000));
  await h.db
    .update(schema.cases)
    .set({ state: 'appealed', createdAt: long, updatedAt: short })
    .where(eq(schema.cases.id, appealed));
  const lineOf = async (as: { cookie: string }) =>
    (await h.call('GET', `/residences/${place.id}`, { as })).body.residence;
  expect(await lineOf(keeper)).toMatchObject({ waiting: 2, oldestWaitingAt: short?.toISOString() });
  expect((await lineOf(author)).waiting).toBe(1);
  const lead = await mintStaff(h, { territoryId: place.territoryId });
  expect((await h.call('GET', '/territories', { as: lead })).body.items).toMatchObject([{ starving: 1 }]);
});

describe('approving', () => {
  test('makes a newcomer known at once, tells them, and is theirs to take back with a reason', async () => {
    const jo = await live({ trust: 'new', daysAgo: 1 });
    expect((await approve(referent, jo.id)).body).toEqual({ resident: { id: jo.id, trust: 'known' } });
    expect((await h.call('GET', '/me/trust', { as: jo })).body).toMatchObject({ trust: 'known', from: 'referent' });
    const doubt = await h.call('POST', `/residents/${jo.id}/doubt`, {
      as: referent,
      body: { reason: 'lives-elsewhere' },
    });
    expect(doubt.body.resident.trust).toBe('new');
    const changes = (await eventsOf(jo.accountId)).filter(({ kind }) => kind === 'rights').map(({ change }) => change);
    expect(changes).toEqual(['trust', 'trust']);
    const [row] = await h.db.select().from(schema.audit).where(eq(schema.audit.action, 'resident.doubt'));
    expect(row).toMatchObject({ actorId: referent.id, reason: 'lives-elsewhere', subjectId: jo.id });
  });

  test('refuses the referent of elsewhere, a resident of elsewhere, oneself, and whoever is known', async () => {
    const jo = await live({ trust: 'new' });
    expect((await approve(stranger, jo.id)).status).toBe(404);
    expect((await approve(referent, (await h.mintResident({ trust: 'new' })).id)).status).toBe(404);
    const both = await live({ trust: 'new' });
    await h.db
      .update(schema.roleGrants)
      .set({ accountId: both.accountId })
      .where(eq(schema.roleGrants.id, stranger.grantId));
    await h.db
      .update(schema.roleGrants)
      .set({ residenceId: home.id })
      .where(eq(schema.roleGrants.id, stranger.grantId));
    expect((await approve(both, both.id)).body.code).toBe('vouch.own');
    expect((await approve(referent, (await live()).id)).body.code).toBe('vouch.needless');
  });

  test('twenty at once change the trust once', async () => {
    const jo = await live({ trust: 'new' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => approve(n % 2 ? referent : coordinator, jo.id)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await eventsOf(jo.accountId)).filter(({ kind }) => kind === 'rights')).toHaveLength(1);
  });
});

test('residents are listed a page at a time, the latest first, without an address or an account', async () => {
  const place = await h.mintResidence();
  const keeper = await mintStaff(h, { residenceId: place.id });
  for (let n = 0; n < 5; n++)
    await h.mintResident({ residenceId: place.id, stairId: null, daysAgo: n, displayName: `V${n}` });
  const names: string[] = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null && pages < 9; pages++) {
    const page = await h.call('GET', `/residences/${place.id}/residents?limit=2${cursor && `&cursor=${cursor}`}`, {
      as: keeper,
    });
    names.push(...page.body.items.map(({ displayName }: { displayName: string }) => displayName));
    expect(page.text).not.toMatch(/@example|accountId/);
    cursor = page.body.next;
  }
  expect(names).toEqual(['V0', 'V1', 'V2', 'V3', 'V4']);
});

describe('codes', () => {
  test('are shown once, listed without their secret, and end at once', async () => {
    const made = await h.call('POST', `${at}/invitations`, { as: referent, body: { kind: 'slip', count: 8 } });
    const codes: { id: string; code: string }[] = made.body.invitations;
    expect(new Set(codes.map(({ code }) => code)).size).toBe(8);
    const list = await h.call('GET', `${at}/invitations`, { as: referent });
    expect(list.body.items.slice(0, 8).every(({ state }: { state: string }) => state === 'open')).toBe(true);
    for (const { code } of codes) expect(list.text).not.toContain(code.slice(5));
    const [first] = codes;
    expect((await h.call('GET', `/invitations/${first?.code}`)).status).toBe(200);
    expect((await h.call('DELETE', `/codes/${first?.id}`, { as: referent })).status).toBe(204);
    expect((await h.call('DELETE', `/codes/${first?.id}`, { as: referent })).status).toBe(404);
    expect((await h.call('GET', `/invitations/${first?.code}`)).status).toBe(404);
    expect(
      (
        await h.call('DELETE', `/codes/${codes[1]?.id}`, {
          as: await mintStaff(h, { residenceId: (await h.mintResidence()).id }),
        })
      ).status,
    ).toBe(404);
  });

  test('of a neighbour’s invitation are neither listed nor ended by a referent; one poster at a time, eight slips', async () => {
    const ana = await live();
    const { id } = (await h.call('POST', '/me/invitations', { as: ana })).body.invitation;
    const list = await h.call('GET', `${at}/invitations`, { as: referent });
    expect(list.text).not.toContain(id);
    expect((await h.call('DELETE', `/codes/${id}`, { as: referent })).status).toBe(404);
    for (const body of [{ kind: 'poster', count: 2 }, { kind: 'slip', count: 9 }, { kind: 'neighbour' }])
      expect((await h.call('POST', `${at}/invitations`, { as: referent, body })).status).toBe(400);
  });
});

test('a charter has versions, a review day to come, and is asked of its residents again; twenty at once give twenty versions', async () => {
  const jo = await live();
  const write = (reviewOn: string) =>
    h.call('POST', `${at}/charters`, { as: referent, body: { text: 'On se dit bonjour dans l’escalier.', reviewOn } });
  expect((await write('2020-01-01')).body.code).toBe('review.day');
  const day = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  expect((await write(day)).body.charter).toMatchObject({ version: 2, reviewOn: day });
  expect((await h.call('GET', '/me/residence', { as: jo })).body).toMatchObject({
    charter: { version: 2 },
    signedVersion: null,
    referents: expect.arrayContaining(['Rachel']),
  });
  await h.call('POST', '/me/charter', { as: jo, body: { version: 2 } });
  const many = await Promise.all(Array.from({ length: 20 }, () => write(day)));
  expect(new Set(many.map(({ body }) => body.charter.version)).size).toBe(20);
  expect((await h.call('GET', '/me/residence', { as: jo })).body).toMatchObject({
    charter: { version: 22 },
    signedVersion: 2,
  });
});

test('a notice is read by the residents until its day or its removal', async () => {
  const jo = await live();
  const written = await h.call('POST', `${at}/notices`, {
    as: referent,
    body: { text: 'Ascenseur en panne jeudi.', days: 2 },
  });
  const again = { as: coordinator, body: { text: 'Eau coupée.', days: 2 }, headers: { 'idempotency-key': 'once' } };
  const [first, second] = [await h.call('POST', `${at}/notices`, again), await h.call('POST', `${at}/notices`, again)];
  expect([first.status, second.text]).toEqual([201, first.text]);
  expect((await h.call('DELETE', `/notices/${first.body.notice.id}`, { as: coordinator })).status).toBe(204);
  const notices = async () => (await h.call('GET', '/me/residence', { as: jo })).body.notices;
  expect(await notices()).toMatchObject([{ text: 'Ascenseur en panne jeudi.', writtenBy: 'Rachel' }]);
  expect((await h.call('DELETE', `/notices/${written.body.notice.id}`, { as: coordinator })).status).toBe(204);
  expect(await notices()).toEqual([]);
});

test('the mode is changed by those who look after the residence', async () => {
  expect((await h.call('PATCH', at, { as: referent, body: { mode: 'moderated' } })).status).toBe(204);
  expect((await h.call('GET', at, { as: referent })).body.residence.mode).toBe('moderated');
  await h.call('PATCH', at, { as: referent, body: { mode: 'screened' } });
});

test('a week says who came, what nobody answered, how many favours were done, and to the referent alone who might be glad of a call', async () => {
  const place = await h.mintResidence();
  const keeper = await mintStaff(h, { residenceId: place.id });
  const over = await mintStaff(h, { territoryId: place.territoryId });
  const [lonely, helped, fresh] = await Promise.all([
    h.mintResident({ residenceId: place.id, stairId: null, displayName: 'Yvonne' }),
    h.mintResident({ residenceId: place.id, stairId: null, displayName: 'Henri' }),
    h.mintResident({ residenceId: place.id, stairId: null, displayName: 'Nina', daysAgo: 2, trust: 'new' }),
  ]);
  for (const author of [lonely, helped])
    for (let n = 0; n < 3; n++) {
      const { id } = await mintPost(h, author);
      await h.db
        .update(schema.posts)
        .set({ createdAt: new Date(Date.now() - 2 * 86_400_000) })
        .where(eq(schema.posts.id, id));
      if (author === helped && n === 0) {
        const { favour } = (await h.call('POST', `/posts/${id}/favours`, { as: fresh, body: {} })).body;
        await h.call('POST', `/favours/${favour.id}/done`, { as: helped, body: {} });
      }
    }
  const week = (await h.call('GET', `/residences/${place.id}/week`, { as: keeper })).body;
  expect(week.arrivals).toMatchObject([{ displayName: 'Nina', trust: 'new' }]);
  expect(week.unanswered).toHaveLength(5);
  expect(week.favoursDone).toBe(1);
  expect(week.gladOfCall).toEqual([{ id: lonely.id, displayName: 'Yvonne', requests: 3 }]);
  expect((await h.call('GET', `/residences/${place.id}/week`, { as: over })).body.gladOfCall).toBeNull();
});
