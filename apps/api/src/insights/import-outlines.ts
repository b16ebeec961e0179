import { CommuneCode } from '@palier/domain/insights';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import { upsertOutline } from './releases.queries.ts';

const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const Ring = z.array(Position).min(4);
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)).min(1) }),
]);
const Collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      properties: z.object({ code: CommuneCode.shape.insee, code_actuel: CommuneCode.shape.insee.nullish() }),
      geometry: Geometry,
    }),
  ),
});

type Loaded = { geojson: unknown; source: string; licence: string };

const polygonsOf = (geometry: z.infer<typeof Geometry>) =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;

/**
 * Loads outlines of communes from GeoJSON (features with the INSEE code in `code`, or in `code_actuel` for a commune merged since), in place of those loaded before.
 * Releases to come are divided by them; those that were published keep their own. Resolves with how many communes. Rejects with what is wrong in the file.
 */
export const importOutlines = async (ctx: Context<null>, { geojson, source, licence }: Loaded): Promise<number> => {
  const { features } = Collection.parse(geojson);
  const byCommune = Map.groupBy(features, ({ properties }) => properties.code_actuel ?? properties.code);
  await mutate(ctx, async (tx) => {
    for (const [commune, parts] of byCommune) {
      const outline = { type: 'MultiPolygon', coordinates: parts.flatMap(({ geometry }) => polygonsOf(geometry)) };
      await upsertOutline(tx, { commune, outline: JSON.stringify(outline), source, licence, importedAt: ctx.now });
    }
    await record(tx, {
      ...{ at: ctx.now, actorId: null, actorRole: 'operator', action: 'outlines.import' },
      ...{ subject: 'outline', reason: licence, text: source },
    });
  });
  return byCommune.size;
};
