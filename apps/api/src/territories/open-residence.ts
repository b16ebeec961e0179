import type { Transaction } from '@palier/db';
import { OpenResidence } from '@palier/domain/territories';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { deriveCell } from '../places/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { TerritoryId, type TerritoryInCharge, territoryInCharge } from './in-charge.ts';
import { canStandIn } from './standing-place.ts';
import { hasNamesake, insertResidence, lockTerritory } from './territories.queries.ts';

/** Writes one residence of a territory, its public cell derived from its point once and for all; null when its list already opened it. */
export const writeResidence = async (
  tx: Transaction,
  ctx: SignedInContext,
  territory: TerritoryInCharge,
  { point, address, stairs, ...named }: OpenResidence,
  importKey: string | null,
): Promise<string | null> => {
  const id = newId();
  const { commune } = named;
  const cell = deriveCell(ctx.keys.blur, { id, commune, homes: named.homes, ...point });
  const row = { id, territoryId: territory.id, ...named, cell, importKey, createdAt: ctx.now };
  const steps = [...new Set(stairs)].map((name) => ({ id: newId(), residenceId: id, name }));
  if (!(await insertResidence(tx, row, { ...point, address }, steps))) return null;
  await record(
    tx,
    {
      at: ctx.now,
      actorId: ctx.actor.accountId,
      actorRole: 'coordinator',
      action: 'residence.create',
      subject: 'residence',
      subjectId: id,
      residenceId: id,
      commune,
    },
    [{ kind: 'residence', change: 'opened', cell, residenceId: id, commune }],
  );
  return id;
};

/** Opens a residence in a territory. Codes: `role.required`, `resource.absent`, `point.outside` (not in that commune), `residence.exists`. */
export const openResidence = async (
  ctx: SignedInContext,
  { territoryId, ...input }: OpenResidence & { territoryId: string },
): Promise<{ id: string }> => {
  const territory = await territoryInCharge(ctx, territoryId);
  if (!canStandIn(input.commune, input.point)) throw new AppError('point.outside');
  return mutate(ctx, async (tx) => {
    await lockTerritory(tx, territory.id);
    if (await hasNamesake(tx, territory.id, input.commune, input.name)) throw new AppError('residence.exists');
    const id = await writeResidence(tx, ctx, territory, input, null);
    if (id === null) throw new AppError('residence.exists');
    return { id };
  });
};

const Opened = z.strictObject({ id: z.uuid() });

export const openResidenceRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/territories/:territoryId/residences',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'residences.open',
        tags: ['territories'],
        params: TerritoryId,
        body: OpenResidence,
        response: { 201: Opened, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Opened, (ctx) =>
        openResidence(ctx, { ...request.params, ...request.body }),
      ),
  );
};
