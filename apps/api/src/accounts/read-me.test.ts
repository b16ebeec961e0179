import { schema } from '@palier/db';
import { defaultChoices } from '@palier/domain/notifications';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintStaff } from '../../test/staff.ts';
import { talksOf } from '../../test/talks.ts';
import { newId } from '../ids.ts';

const h = await openHarness();
const { accounts, noticeChoices, notifications, residences, residents, stairs } = schema;
const { pair, say } = talksOf(h);
const { ana, ben, talkId } = await pair();
await say(ana, talkId);
await say(ana, talkId);
await say(ben, talkId);
const day = new Date('2026-11-01T10:00:00Z');
type Person = { cookie: string; accountId: string };
const ofAccount = ({ id, cookie }: { id: string; cookie: string }): Person => ({ accountId: id, cookie });
const change = async (who: Person, set: Partial<typeof residents.$inferInsert>): Promise<Person> => {
  await h.db.update(residents).set(set).where(eq(residents.accountId, who.accountId));
  return who;
};
const edit = async (who: Person, set: Partial<typeof accounts.$inferInsert>): Promise<Person> => {
  await h.db.update(accounts).set(set).where(eq(accounts.id, who.accountId));
  return who;
};
const told = async (who: Person, read: readonly boolean[]): Promise<Person> => {
  const rows = read.map((isRead, n) => ({ kind: 'account' as const, turn: `${n}`, readAt: isRead ? day : null }));
  const of = { accountId: who.accountId, createdAt: day };
  await h.db.insert(notifications).values(rows.map((row) => ({ id: newId(), ...of, ...row })));
  return who;
};
const asTold = async (who: Person): Promise<Person> => {
  const rows = { ask: { push: false, mail: false } };
  await h.db.insert(noticeChoices).values({ accountId: who.accountId, rows, mailHour: 9, updatedAt: day });
  return who;
};

const kinds: Record<string, () => Promise<Person>> = {
  'an account that lives nowhere': async () => ofAccount(await h.mintAccount()),
  'a referent, who is nobody’s neighbour': async () =>
    ofAccount(await mintStaff(h, { residenceId: (await h.mintResidence()).id })),
  'a coordinator with a notice': async () =>
    told(ofAccount(await mintStaff(h, { territoryId: (await h.mintResidence()).territoryId })), [false]),
  'a resident of a stair': () => h.mintResident(),
  'a resident of no stair': () => h.mintResident({ stairId: null }),
  'a newcomer, two notices of three unread': async () =>
    told(await h.mintResident({ trust: 'new' }), [false, true, false]),
  'whoever read all their notices': async () => told(await h.mintResident(), [true, true]),
  'whoever chose how to be told': async () => asTold(await h.mintResident()),
  'whoever wrote all they can write of themselves': async () =>
    change(await h.mintResident(), {
      floor: 0,
      skills: ['garden'],
      availability: ['weekday-morning'],
      languages: ['ar'],
    }),
  'an English one with large letters, whose mail comes back': async () =>
    edit(await h.mintResident(), { locale: 'en', largeText: true, emailConfirmedAt: null, emailFailedAt: day }),
  'whoever is leaving, and lives nowhere meanwhile': async () =>
    edit(await h.mintResident(), { eraseAt: new Date('2026-12-01T00:00:00Z') }),
  'an excluded resident': async () => change(await told(await h.mintResident(), [false]), { excludedAt: day }),
  'one whom a message waits for': async () => ana,
  'one whom two messages wait for': async () => ben,
};

/** The same, read plainly: a table at a time. */
const plainly = async (accountId: string) => {
  const [account] = await h.db.select().from(accounts).where(eq(accounts.id, accountId));
  if (!account) throw new Error('no account');
  const { id, email, displayName, locale, largeText } = account;
  const lives = and(eq(residents.accountId, accountId), isNull(residents.excludedAt));
  const [resident] = account.eraseAt ? [] : await h.db.select().from(residents).where(lives);
  const at = resident?.residenceId ?? newId();
  const [place] = await h.db.select().from(residences).where(eq(residences.id, at));
  const [stair] = await h.db
    .select()
    .from(stairs)
    .where(eq(stairs.id, resident?.stairId ?? newId()));
  const [choices] = await h.db.select().from(noticeChoices).where(eq(noticeChoices.accountId, accountId));
  const unread = await h.db.$count(
    notifications,
    and(eq(notifications.accountId, accountId), isNull(notifications.readAt)),
  );
  const { rows: messages } = await h.db.execute<{ author: string }>(
    sql`select author_id as author from messages where conversation_id = ${talkId}`,
  );
  const dayMs = 86_400_000;
  const { rows: running } = await h.db.execute<{ here: boolean; from: string; until: string }>(
    sql`select commune = ${place?.commune ?? ''} or territory_id = ${place?.territoryId ?? newId()} as here, first_day::text as "from", last_day::text as "until"
      from campaigns where closed_at is null`,
  );
  const { rows: written } = await h.db.execute<{ commune: string; at: string }>(
    sql`select commune, written_at::text as at from town_messages`,
  );
  const now = h.deps.clock().getTime();
  const residence = place ? { id: place.id, name: place.name, commune: place.commune } : null;
  return {
    account: {
      ...{ id, email, displayName, locale, largeText, emailConfirmed: account.emailConfirmedAt !== null },
      ...{ emailFailed: account.emailFailedAt !== null, eraseAt: account.eraseAt?.toISOString() ?? null },
    },
    resident: resident
      ? {
          id: resident.id,
          displayName: resident.displayName,
          trust: resident.trust,
          floor: resident.floor,
          skills: resident.skills,
          availability: resident.availability,
          radiusM: resident.radiusM,
          languages: resident.languages,
          asksPerDay: resident.asksPerDay,
          urgentAtNight: resident.urgentAtNight,
          joinedAt: resident.joinedAt.toISOString(),
          residence,
          stair: stair ? { id: stair.id, name: stair.name } : null,
          cell: place?.cell,
        }
      : null,
    residence,
    notices: choices
      ? { mailHour: 9, rows: { ...defaultChoices.rows, ask: { push: false, mail: false } } }
      : defaultChoices,
    unread: {
      notifications: unread,
      messages:
        resident?.id === ana.id || resident?.id === ben.id
          ? messages.filter(({ author }) => author !== resident.id).length
          : 0,
      cases: 0,
    },
    atHome: {
      campaigns: running.some(
        ({ here, from, until }) =>
          here && Date.parse(from) <= now + dayMs && Date.parse(until) >= now - dayMs - (now % dayMs),
      ),
      townMessages: written.some(({ commune, at }) => commune === place?.commune && Date.parse(at) >= now - 7 * dayMs),
    },
  };
};

test.for(Object.keys(kinds))('%s reads in one statement what each table says', async (kind) => {
  const who = await (kinds[kind] as () => Promise<Person>)();
  const { status, body } = await h.call('GET', '/me', { as: who });
  const { roles, ...rest } = body;
  expect([status, rest]).toEqual([200, await plainly(who.accountId)]);
  const grants = await h.db.select().from(schema.roleGrants).where(eq(schema.roleGrants.accountId, who.accountId));
  const granted = grants.map(({ role, residenceId, territoryId }) =>
    residenceId ? { role, residenceId } : { role, territoryId },
  );
  const lived = body.resident ? [{ role: 'resident', residenceId: body.residence.id }] : [];
  expect(roles).toEqual([...lived, ...granted]);
});
