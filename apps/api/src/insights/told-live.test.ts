import { inTransaction, schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openLiveHarness, until } from '../../test/live-harness.ts';
import { newId } from '../ids.ts';
import { record } from '../record.ts';

const h = await openLiveHarness();
const home = await h.mintResidence({ commune: '01313' });

const mintStaff = async (role: 'officer' | 'coordinator', place: object) => {
  const account = await h.mintAccount(role);
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId: account.id, role, ...place });
  return account;
};
const release = async (commune: string, period: string): Promise<void> => {
  const act = { actorId: null, actorRole: 'system', action: 'releases.build', subject: 'release' } as const;
  await inTransaction(h.db, (tx) =>
    record(tx, { at: new Date(), ...act, commune }, [{ kind: 'insights', change: period, commune }]),
  );
  h.doorbell.ring();
  await h.settled();
};

test('a release is told live to the commune’s officers and coordinators, and to nobody else; after a cut too', async () => {
  const officer = await mintStaff('officer', { commune: home.commune });
  const coordinator = await mintStaff('coordinator', { territoryId: home.territoryId });
  const elsewhere = await mintStaff('officer', { commune: '01999' });
  const resident = await h.mintResident({ residenceId: home.id });
  const [theirs, charge, other, neighbour] = [
    await h.read(officer),
    await h.read(coordinator),
    await h.read(elsewhere),
    await h.read(resident),
  ];
  await release(home.commune, '2026-10');
  await until(() => theirs.events.length === 1 && charge.events.length === 1, 'the release');
  expect(theirs.events).toEqual([
    expect.objectContaining({ type: 'insights.changed', insee: home.commune, period: '2026-10' }),
  ]);
  expect([other.events, neighbour.events]).toEqual([[], []]);
  const seq = theirs.events[0]?.seq ?? 0;
  const resumed = await h.read(officer, `?after=${seq - 1}`);
  await until(() => resumed.events.length === 1, 'the release again');
  expect(resumed.events).toEqual([expect.objectContaining({ after: seq - 1, seq, period: '2026-10' })]);
});

test('an officer whose office ended hears nothing of what happened before or after', async () => {
  const officer = await mintStaff('officer', { commune: home.commune });
  const before = await h.read(officer);
  await release(home.commune, '2026-W41');
  await until(() => before.events.length === 1, 'the week');
  await h.db
    .update(schema.roleGrants)
    .set({ revokedAt: new Date() })
    .where(eq(schema.roleGrants.accountId, officer.id));
  const resumed = await h.read(officer, `?after=${(before.events[0]?.seq ?? 0) - 1}`);
  await release(home.commune, '2026-W42');
  expect([before.events.length, resumed.events.length]).toEqual([1, 0]);
});
