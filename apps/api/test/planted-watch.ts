import { inTransaction, schema, watchAs } from '@palier/db';
import { sql } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import type { Harness } from './harness.ts';
import type { Side } from './talks.ts';

/** Both sides of the watch: someone looked in on, read by another, and who reads that other and helps. */
export const plantWatched = async (h: Harness, someone: Side, other: Side, now: Date): Promise<void> => {
  const [mine, theirs] = [newId(), newId()];
  const later = new Date(now.getTime() + 86_400_000 * 30);
  const entry = { topFloor: true, part: 'morning', language: 'fr', consentVersion: '1' } as const;
  const dates = { consentedAt: now, joinedAt: now, lapsesAt: later };
  const [{ territoryId } = { territoryId: '' }] = await h.db
    .select({ territoryId: schema.residences.territoryId })
    .from(schema.residences)
    .where(sql`id = ${someone.residenceId}`);
  await inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', now);
    await tx.insert(schema.watchPeople).values([
      {
        ...{ ...entry, ...dates, id: mine, residentId: someone.id, residenceId: someone.residenceId, floor: 57 },
        ...{ name: 'canari-veille', door: 'canari-palier', phone: 'canari-telephone' },
        ...{ consent: 'slip', signedOn: '2026-11-01', signatory: 'canari-signataire' },
      },
      {
        ...{ ...entry, ...dates, id: theirs, residentId: other.id, residenceId: other.residenceId, consent: 'screen' },
        ...{ name: 'un autre', door: '', phone: '' },
      },
    ]);
    await tx
      .insert(schema.watchContacts)
      .values({ id: newId(), personId: mine, place: 1, name: 'canari-fille', phone: 'canari-numero' });
    for (const [personId, accountId] of [
      [mine, other.accountId],
      [theirs, someone.accountId],
    ] as const) {
      const named = { id: newId(), personId, accountId, namedBy: other.accountId, namedAt: now };
      await tx.insert(schema.watchReaders).values({ ...named, endsAt: later });
      await tx
        .insert(schema.watchReadings)
        .values({ id: newId(), personId, accountId, readAs: 'reader', what: 'entry', at: now });
    }
    await tx
      .insert(schema.watchVolunteers)
      .values({ id: newId(), residentId: someone.id, territoryId, offeredAt: now });
    await tx.insert(schema.watchReaderGrants).values({
      ...{ id: newId(), accountId: someone.accountId, territoryId, namedBy: other.accountId },
      ...{ namedAt: now, endsAt: later },
    });
    const times = { dueAt: now, escalatesAt: now, offeredAt: now, endedAt: now } as const;
    const round = { territoryId, department: '01', hazard: 'heat', colour: 'red', since: now, openedAt: now } as const;
    for (const [personId, helper] of [
      [mine, other.accountId],
      [theirs, someone.accountId],
    ] as const) {
      const [roundId, checkId] = [newId(), newId()];
      await tx
        .insert(schema.watchRounds)
        .values({ ...round, id: roundId, openedBy: helper, closedBy: helper, closedAt: now });
      const slot = {
        id: checkId,
        roundId,
        personId,
        day: '2026-07-08',
        hour: 9,
        colour: 'red',
        heldBy: helper,
      } as const;
      await tx.insert(schema.watchChecks).values({ ...slot, ...times, state: 'closed' });
      const went = { id: newId(), checkId, accountId: helper, way: 'bell', claimedAt: now } as const;
      await tx.insert(schema.watchAttempts).values({ ...went, outcome: 'no-answer', answeredAt: now, askedAt: now });
      const taken = { acknowledgedBy: helper, acknowledgedAt: now, endedBy: helper, endedAt: now } as const;
      await tx.insert(schema.watchEscalations).values({ checkId, raisedAt: now, ...taken, ending: 'reached' });
      await tx
        .insert(schema.watchSteps)
        .values({ id: newId(), checkId, accountId: helper, step: 'contact-called', at: now });
    }
  });
};
