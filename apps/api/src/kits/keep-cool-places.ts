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
import {
  deleteCoolPlace,
  findCoolPlaceCommune,
  isOpenIn,
  listCoolPlaces,
  lockCoolPlaces,
} from './cool-places.queries.ts';

export const CommunePath = z.strictObject({ insee: z.string().regex(/^\d[\dAB]\d{3}$/) });

/** Refuses who coordinates nothing in the commune: it is then not theirs to know. Code: `resource.absent`. */
const insistOnCommune = async (ctx: SignedInContext, commune: string): Promise<void> => {
  const own = ctx.actor.roles.flatMap((grant) =>
    grant.role === 'coordinator' && grant.territoryId ? [grant.territoryId] : [],
  );
  if (!(await isOpenIn(reader(ctx), own, commune))) throw new AppError('resource.absent');
};

const actedOn = (ctx: SignedInContext, commune: string, id: string) =>
  ({
    at: ctx.now,
    actorId: ctx.actor.accountId,
    actorRole: 'coordinator',
    subject: 'cool-place',
    subjectId: id,
    commune,
  }) as const;

/** Puts a public place on the list of a commune where the caller coordinates residences, sixty at most. Codes: `resource.absent`, `request.invalid` (the list is full). */
export const addCoolPlace = async (
  ctx: SignedInContext,
  { insee, where, ...input }: AddCoolPlace & { insee: string },
): Promise<CoolPlace> => {
  await insistOnCommune(ctx, insee);
  const id = newId();
  await mutate(ctx, async (tx) => {
    await lockCoolPlaces(tx, insee);
    if ((await listCoolPlaces(tx, insee)).length >= coolPlacesMax) throw new AppError('request.invalid');
    await tx.insert(schema.coolPlaces).values({ id, commune: insee, ...input, whereabouts: where, createdAt: ctx.now });
    await record(tx, { ...actedOn(ctx, insee, id), action: 'cool-place.add', text: `${input.name}\n${where}` });
  });
  return { id, ...input, where };
};

/** Takes a place off its commune's list. Code: `resource.absent`. */
export const removeCoolPlace = async (
  ctx: SignedInContext,
  { coolPlaceId }: { coolPlaceId: string },
): Promise<void> => {
  const commune = orAbsent(await findCoolPlaceCommune(reader(ctx), coolPlaceId));
  await insistOnCommune(ctx, commune);
  await mutate(ctx, async (tx) => {
    if (!(await deleteCoolPlace(tx, coolPlaceId))) throw new AppError('resource.absent');
    await record(tx, { ...actedOn(ctx, commune, coolPlaceId), action: 'cool-place.remove' });
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
