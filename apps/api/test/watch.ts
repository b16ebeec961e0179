import { inTransaction, schema, watchAs } from '@palier/db';
import type { DayPart } from '@palier/domain/watch';
import type { WeatherColour } from '@palier/domain/weather';
import { eq, sql } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import { tickRounds } from '../src/rounds/index.ts';
import { mintStaff } from './desk.ts';
import type { Harness } from './harness.ts';

const dayMs = 86_400_000;
type Home = Awaited<ReturnType<Harness['mintResidence']>>;

/** A residence with people on its watch, their two readers, volunteers next door and the territory's coordinator; all of them ready at the harness's clock. */
export const mintWatch = async (
  h: Harness,
  of: { people?: number; volunteers?: number; part?: DayPart; commune?: string; residence?: Home } = {},
) => {
  const residence = of.residence ?? (await h.mintResidence(of.commune ? { commune: of.commune } : {}));
  const coordinator = await mintStaff(h, 'coordinator', residence.territoryId);
  const referent = await mintStaff(h, 'referent', residence.id);
  const readers = [await h.mintAccount('Odile'), await h.mintAccount('Karim')] as const;
  const now = h.deps.clock();
  const ago = (days: number) => new Date(now.getTime() - days * dayMs);
  const stairId = residence.stairs[0]?.id ?? null;
  const volunteers: Awaited<ReturnType<Harness['mintResident']>>[] = [];
  for (let n = 0; n < (of.volunteers ?? 1); n++)
    volunteers.push(await h.mintResident({ residenceId: residence.id, stairId, displayName: `Voisin${n}` }));
  const people = Array.from({ length: of.people ?? 1 }, (_, n) => ({ id: newId(), residentId: newId(), n }));
  const given = { displayName: 'Jeanne Martin', trust: 'known', joinedAt: ago(40) } as const;
  await h.db
    .insert(schema.residents)
    .values(people.map(({ residentId }) => ({ ...given, id: residentId, residenceId: residence.id, stairId })));
  await inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', now);
    await tx.insert(schema.watchPeople).values(
      people.map(({ id, residentId, n }) => ({
        ...{ id, residentId, residenceId: residence.id, stairId, name: 'Jeanne Martin', floor: n % 6, door: 'gauche' },
        ...{ topFloor: n % 6 === 5, phone: '0450000000', part: of.part ?? 'morning', language: 'fr' as const },
        ...{
          consent: 'screen' as const,
          consentVersion: '1',
          consentedAt: ago(10),
          lapsesAt: ago(-300),
          joinedAt: ago(10),
        },
      })),
    );
    await tx
      .insert(schema.watchContacts)
      .values(people.map(({ id }) => ({ id: newId(), personId: id, place: 1, name: 'Sa fille', phone: '0450111111' })));
    await tx.insert(schema.watchReaderGrants).values(
      readers.map(({ id: accountId }) => ({
        ...{ id: newId(), accountId, territoryId: residence.territoryId, namedBy: coordinator.id },
        ...{ namedAt: ago(9), endsAt: ago(-200) },
      })),
    );
    for (const { id: accountId } of readers)
      await tx.insert(schema.watchReaders).values(
        people.map(({ id }) => ({
          ...{ id: newId(), personId: id, accountId, namedBy: coordinator.id, namedAt: ago(9), announcedAt: ago(9) },
          ...{ effectiveAt: ago(7), endsAt: ago(-200) },
        })),
      );
    if (volunteers.length > 0)
      await tx.insert(schema.watchVolunteers).values(
        volunteers.map(({ id }) => ({
          ...{ id: newId(), residentId: id, territoryId: residence.territoryId, offeredAt: ago(9) },
          ...{ acceptedAt: ago(8), acceptedBy: coordinator.id },
        })),
      );
  });
  return { residence, coordinator, referent, readers, volunteers, people };
};

/** Sets the weather of a territory by hand, as its coordinator would. */
export const setWeather = async (
  h: Harness,
  territoryId: string,
  department: string,
  colour: WeatherColour,
  hazard: 'heat' | 'cold' = 'heat',
) => {
  const { weatherByHand } = schema;
  await h.db
    .insert(weatherByHand)
    .values({ territoryId, department, hazard, colour, setAt: h.deps.clock() })
    .onConflictDoUpdate({
      target: [weatherByHand.territoryId, weatherByHand.department, weatherByHand.hazard],
      set: { colour },
    });
};

/** One minute's work of the watch, at the harness's clock. */
export const tick = (h: Harness, now = h.deps.clock()) =>
  tickRounds({ ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null });

/** The checks of these people, in order, past the wall. */
export const checksOf = (h: Harness, people: readonly { id: string }[]) =>
  inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', h.deps.clock());
    return tx
      .select()
      .from(schema.watchChecks)
      .where(sql`${schema.watchChecks.personId} in ${people.map(({ id }) => id)}`)
      .orderBy(schema.watchChecks.dueAt, schema.watchChecks.personId);
  });

/** What the watch told an account, oldest first. */
export const toldTo = async (h: Harness, accountId: string): Promise<string[]> => {
  const { notifications } = schema;
  const rows = await h.db
    .select({ kind: notifications.kind, turn: notifications.turn })
    .from(notifications)
    .where(eq(notifications.accountId, accountId))
    .orderBy(notifications.createdAt, notifications.id);
  return rows.flatMap(({ kind, turn }) => (kind === 'watch' ? [turn] : []));
};

/** The nth of a list that has one. */
export const nth = <T>(list: readonly T[], n: number): T => {
  const one = list[n];
  if (one === undefined) throw new Error(`a list of ${list.length} has no ${n}th`);
  return one;
};
