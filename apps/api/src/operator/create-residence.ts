import { DisplayName } from '@palier/domain/accounts';
import { Point } from '@palier/domain/places';
import { type Commune, findCommune } from '@palier/places-data';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { deriveCell } from '../places/derive-cell.ts';
import { record } from '../record.ts';
import type { OperatorContext } from './context.ts';
import { findTerritory, insertResidence } from './operator.queries.ts';
import { OperatorRefusal, orRefuse } from './refusal.ts';

export type NewResidence = {
  territoryId: string;
  commune: string;
  name: string;
  address: string;
  lat: number;
  lon: number;
  homes: number;
  stairs: readonly string[];
};

/** Farther than this from the centre of its commune, in km, a point was mistyped: latitude and longitude exchanged, most often. */
const farthestKm = 80;

const kmFrom = (commune: Commune, point: { lat: number; lon: number }): number => {
  if (commune.lat === null || commune.lon === null) return 0;
  const kmPerDegree = 111.195;
  return Math.hypot(
    (point.lat - commune.lat) * kmPerDegree,
    (point.lon - commune.lon) * kmPerDegree * Math.cos((commune.lat * Math.PI) / 180),
  );
};

/** Opens a residence with its stairs; the exact point goes to its own table, and the public cell is derived from it once. Resolves with its id and cell. */
export const createResidence = async (
  ctx: OperatorContext,
  input: NewResidence,
): Promise<{ id: string; cell: string }> => {
  const { lat, lon } = Point.parse({ lat: input.lat, lon: input.lon });
  const commune = orRefuse(
    findCommune(input.commune.toUpperCase()),
    `${input.commune} is not the INSEE code of a commune of 2026`,
  );
  if (commune.parent)
    throw new OperatorRefusal(`${commune.name} is an arrondissement: give the code of its commune, ${commune.parent}`);
  if (kmFrom(commune, { lat, lon }) > farthestKm)
    throw new OperatorRefusal(`that point is over ${farthestKm} km from ${commune.name}: check --lat and --lon`);
  if (!Number.isInteger(input.homes) || input.homes < 1 || input.homes > 5_000)
    throw new OperatorRefusal('--homes is a whole number from 1 to 5000');
  const address = input.address.trim();
  if (address === '' || address.length > 200) throw new OperatorRefusal('--address is missing or too long');
  const names = input.stairs.map((name) => DisplayName.parse(name));
  if (new Set(names).size !== names.length) throw new OperatorRefusal('two stairs have the same name');
  orRefuse(await findTerritory(ctx.db, input.territoryId), `there is no territory ${input.territoryId}`);

  const id = newId();
  const located = { id, commune: commune.insee, homes: input.homes, lat, lon };
  const cell = deriveCell(ctx.keys.blur, located);
  await mutate(ctx, async (tx) => {
    await insertResidence(tx, {
      residence: {
        id,
        territoryId: input.territoryId,
        commune: commune.insee,
        name: DisplayName.parse(input.name),
        homes: input.homes,
        cell,
        createdAt: ctx.now,
      },
      place: { residenceId: id, lat, lon, address },
      stairs: names.map((name) => ({ id: newId(), residenceId: id, name })),
    });
    await record(
      tx,
      {
        at: ctx.now,
        actorId: null,
        actorRole: 'operator',
        action: 'residence.create',
        subject: 'residence',
        subjectId: id,
        residenceId: id,
        commune: commune.insee,
      },
      [{ kind: 'residence', change: 'opened', cell, residenceId: id, commune: commune.insee }],
    );
  });
  return { id, cell };
};
