import { inTransaction, schema, watchAs } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintWatch } from '../../test/watch.ts';
import { newId } from '../ids.ts';

const now = new Date('2026-07-06T10:00:00Z');
let laterMs = 0;
const h = await openHarness({}, { clock: () => new Date(now.getTime() + laterMs) });
const { watchReadings } = schema;
const asHouse = <T>(work: Parameters<typeof inTransaction<T>>[1]) =>
  inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', now);
    return work(tx);
  });

test('the sheet of a person who was read 450 times prints whole, in parts of 200 at most, and is one reading itself', async () => {
  const { people, readers } = await mintWatch(h);
  const [person] = people;
  const personId = person?.id ?? '';
  const [reader, other] = readers;
  const ids = Array.from({ length: 450 }, () => newId());
  await asHouse((tx) =>
    tx.insert(watchReadings).values(
      ids.map((id, n) => ({
        ...{ id, personId, accountId: other.id, readAs: 'reader' as const, what: 'entry' as const },
        at: new Date(now.getTime() - Math.floor(n / 3) * 60_000 - 1), // three at the same instant: their ids part them
      })),
    ),
  );
  const read: string[] = [];
  const parts: number[] = [];
  for (let query = ''; parts.length < 9; ) {
    const { body } = await h.call('GET', `/watch/people/${personId}/sheet${query}`, { as: reader });
    parts.push(body.readings.length);
    read.push(...body.readings.map(({ id }: { id: string }) => id));
    if (body.next === null) break;
    query = `?cursor=${encodeURIComponent(body.next)}`;
    expect((await h.call('GET', `/watch/people/${personId}/sheet${query}`, { as: other })).body.code).toBe(
      'cursor.invalid',
    );
  }
  expect([parts, new Set(read).size]).toEqual([[200, 200, 51], 451]);
  expect(ids.filter((id) => !read.includes(id))).toEqual([]);
  const kept = async (): Promise<string[]> =>
    (await asHouse((tx) => tx.select().from(watchReadings).where(eq(watchReadings.accountId, reader.id)))).map(
      ({ what }) => what,
    );
  expect(await kept()).toEqual(['sheet']);
  const { body: first } = await h.call('GET', `/watch/people/${personId}/sheet`, { as: reader });
  expect(await kept()).toEqual(['sheet', 'sheet']);
  const old = `/watch/people/${personId}/sheet?cursor=${encodeURIComponent(first.next)}`;
  laterMs = 9 * 60_000;
  expect((await h.call('GET', old, { as: reader })).status).toBe(200);
  expect(await kept()).toHaveLength(2);
  laterMs = 11 * 60_000; // a cursor kept aside reads nothing unseen
  expect((await h.call('GET', old, { as: reader })).status).toBe(200);
  expect(await kept()).toHaveLength(3);
  laterMs = 0;
  expect((await h.call('GET', `/watch/people/${personId}/sheet?limit=201`, { as: reader })).status).toBe(400);
});

test('a round over 450 people of one reader is read and printed whole', async () => {
  const { people, residence, readers } = await mintWatch(h, { people: 450, volunteers: 0 });
  const roundId = newId();
  const round = { department: '01', hazard: 'heat', colour: 'yellow', since: now, openedAt: now } as const;
  await asHouse(async (tx) => {
    await tx.insert(schema.watchRounds).values({ ...round, id: roundId, territoryId: residence.territoryId });
    const times = { day: '2026-07-06', hour: 9, dueAt: now, escalatesAt: new Date('2026-07-07T10:00:00Z') } as const;
    await tx.insert(schema.watchChecks).values(
      people.map(({ id: personId }) => ({
        ...{ ...times, id: newId(), roundId, personId, offeredAt: now },
        ...{ colour: 'yellow' as const, state: 'due' as const },
      })),
    );
  });
  const { body } = await h.call('GET', '/watch/sheet', { as: readers[0] });
  expect(new Set(body.checks.map(({ checkId }: { checkId: string }) => checkId)).size).toBe(450);
  expect(body.coverage).toMatchObject([{ due: 450, waiting: 450 }]);
});
