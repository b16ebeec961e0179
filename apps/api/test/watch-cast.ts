import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import type { Harness } from './harness.ts';
import { watched } from './watched.ts';

/** What a person types to join the watch; each of its words is found nowhere else. */
export const joining = {
  name: 'Odette',
  floor: 4,
  door: 'canari-porte',
  topFloor: true,
  phone: '04 50 00 11 22',
  part: 'morning',
  language: 'fr',
  contacts: [{ name: 'Canari-Fille', phone: '04 50 00 33 44' }],
} as const;

/** A residence with somebody of it on the watch, the coordinator and the referent, and two who may be named readers. */
export const watchCast = async (h: Harness) => {
  const w = watched(h);
  const home = await h.mintResidence();
  const at = (who: object = {}) =>
    h.mintResident({ residenceId: home.id, stairId: home.stairs[0]?.id ?? null, ...who });
  const [person, neighbour] = [await at({ displayName: 'Odette' }), await at({ displayName: 'Basile' })];
  const grantRole = async (accountId: string, role: 'coordinator' | 'referent', place: object) => {
    await h.db.insert(schema.roleGrants).values({ id: newId(), accountId, role, ...place });
  };
  const [coordinator, referent] = [await h.mintAccount('Coline'), await h.mintAccount('Rémi')];
  await grantRole(coordinator.id, 'coordinator', { territoryId: home.territoryId });
  await grantRole(referent.id, 'referent', { residenceId: home.id });
  const day = (days: number) => new Date(h.deps.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const endsOn = day(90);
  const mintReader = async (name: string) => {
    const account = await h.mintAccount(name);
    const body = { email: account.email, endsOn: day(180) };
    const answer = await h.call('POST', `/territories/${home.territoryId}/watch/readers`, { as: coordinator, body });
    return { ...account, grantId: answer.body.grant.id as string };
  };
  const readers = [await mintReader('Lise'), await mintReader('Marc')] as const;
  const join = async (as: { cookie: string }, body: object = {}) =>
    h.call('POST', '/watch', { as, body: { ...joining, consent: true, ...body } });
  const name = (personId: string, grantId: string) =>
    h.call('POST', `/watch/seats/${personId}/readers`, { as: coordinator, body: { grantId, endsOn } });
  const noticed = async (accountId: string) =>
    (await h.db.select().from(schema.notifications).where(eq(schema.notifications.accountId, accountId))).map(
      ({ kind, turn }) => `${kind}:${turn}`,
    );
  return {
    w,
    home,
    person,
    neighbour,
    coordinator,
    referent,
    readers,
    mintReader,
    join,
    name,
    noticed,
    day,
    endsOn,
    at,
  };
};
