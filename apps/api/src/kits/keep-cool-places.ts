import { schema } from '@palier/db';
import { AddCoolPlace, CoolPlace, coolPlacesMax } from '@palier/domain/kits';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { canStandIn } from '../territories/index.ts';
import { actFor, townOf } from './campaigns/town.ts';
import { deleteCoolPlace, findCoolPlaceCommune, listCoolPlaces, lockCoolPlaces } from './cool-places.queries.ts';
import { CommunePath } from './kit-path.ts';

const pointOf = (pin: string): { lat: number; lon: number } => {
  const [lat = 0, lon = 0] = pin.split(' ').map(Number);
  return { lat, lon };
};

/** Puts a public place on the list of a commune whose officer the caller is, or where they coordinate residences, sixty at most. Codes: `resource.absent`, `point.outside` (its pin is not in the commune), `request.invalid` (the list is full). */
export const addCoolPlace = async (
  ctx: SignedInContext,
  { insee, where, pin, ...input }: AddCoolPlace & { insee: string },
): Promise<CoolPlace> => {
  const town = await townOf(ctx, insee);
  const point = pin === undefined ? null : pointOf(pin);
  if (point && !canStandIn(insee, point)) throw new AppError('point.outside');
  const id = newId();
  await mutate(ctx, async (tx) => {
    await lockCoolPlaces(tx, insee);
    if ((await listCoolPlaces(tx, insee)).length >= coolPlacesMax) throw new AppError('request.invalid');
    await tx
      .insert(schema.coolPlaces)
      .values({ id, commune: insee, ...input, ...point, whereabouts: where, createdAt: ctx.now });
    await record(tx, {
      ...actFor(ctx, town),
      subject: 'cool-place',
      subjectId: id,
      action: 'cool-place.add',
      text: `${input.name}\n${where}`,
    });
  });
  return { id, ...input, where, pin: point && `${point.lat} ${point.lon}` };
};

/** Takes a place off its commune's list. Code: `resource.absent`. */
export const removeCoolPlace = async (
  ctx: SignedInContext,
  { coolPlaceId }: { coolPlaceId: string },
): Promise<void> => {
  const commune = orAbsent(await findCoolPlaceCommune(reader(ctx), coolPlaceId));
  const town = await townOf(ctx, commune);
  await mutate(ctx, async (tx) => {
    if (!(await deleteCoolPlace(tx, coolPlaceId))) throw new AppError('resource.absent');
    await record(tx, {
      ...actFor(ctx, town),
      subject: 'cool-place',
      subjectId: coolPlaceId,
      action: 'cool-place.remove',
    });
  });
};

const Added = z.strictObject({ coolPlace: CoolPlace });

export const addCoolPlaceRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/communes/:insee/cool-places',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'kits.addCoolPlace',
        tags: ['kits'],
        params: CommunePath,
        body: AddCoolPlace,
        response: { 201: Added, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Added, async (ctx) => ({
        coolPlace: await addCoolPlace(ctx, { ...request.params, ...request.body }),
      })),
  );
};

export const removeCoolPlaceRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/cool-places/:coolPlaceId',
    {
      schema: {
        operationId: 'kits.removeCoolPlace',
        tags: ['kits'],
        params: z.strictObject({ coolPlaceId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await removeCoolPlace(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
