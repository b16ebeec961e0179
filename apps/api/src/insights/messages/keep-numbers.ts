import { schema, type Transaction } from '@palier/db';
import { AddUsefulNumber, CommuneCode, UsefulNumber, usefulNumbersMax } from '@palier/domain/insights';
import { PageQuery, pageOf } from '@palier/domain/paging';
import { findCommune } from '@palier/places-data';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../../answer-once.ts';
import type { SignedInContext } from '../../context.ts';
import { cutPage } from '../../cut-page.ts';
import { AppError, orAbsent } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { mutate, type reader } from '../../mutate.ts';
import { unchanged } from '../../plugins/copies.ts';
import { refusals } from '../../plugins/refusals.ts';
import { type AuditEntry, record } from '../../record.ts';
import { officeOf } from '../office.ts';
import { insistOnWords } from './write-message.ts';

const { usefulNumbers } = schema;
type Reading = Transaction | ReturnType<typeof reader>;

/** The useful numbers of a commune, by label. */
export const listUsefulNumbers = (db: Reading, commune: string): Promise<UsefulNumber[]> =>
  db
    .select({ id: usefulNumbers.id, label: usefulNumbers.label, number: usefulNumbers.number })
    .from(usefulNumbers)
    .where(eq(usefulNumbers.commune, commune))
    .orderBy(asc(usefulNumbers.label));

const actOn = (ctx: SignedInContext, commune: string, id: string): Omit<AuditEntry, 'action'> => ({
  at: ctx.now,
  actorId: ctx.actor.accountId,
  actorRole: 'officer',
  subject: 'useful-number',
  subjectId: id,
  commune,
});

/** Publishes the number of a service of the officer's commune, thirty at most; its label is screened as a message is, so that it leads to no person. Codes: `role.required`, `resource.absent`, `request.invalid` (the list is full), and those of screening. */
export const addUsefulNumber = async (
  ctx: SignedInContext,
  { insee, ...input }: AddUsefulNumber & { insee: string },
): Promise<UsefulNumber> => {
  officeOf(ctx, insee);
  insistOnWords({ title: input.label, text: '' });
  const id = newId();
  await mutate(ctx, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`useful numbers ${insee}`}, 0))`);
    if ((await listUsefulNumbers(tx, insee)).length >= usefulNumbersMax) throw new AppError('request.invalid');
    await tx.insert(usefulNumbers).values({ id, commune: insee, ...input, createdAt: ctx.now });
    const text = `${input.label}\n${input.number}`;
    await record(tx, { ...actOn(ctx, insee, id), action: 'town.number-add', text });
  });
  return { id, ...input };
};

/** Takes a number off its commune's list. Codes: `role.required`, `resource.absent`. */
export const removeUsefulNumber = async (
  ctx: SignedInContext,
  { insee, numberId }: { insee: string; numberId: string },
): Promise<void> => {
  officeOf(ctx, insee);
  await mutate(ctx, async (tx) => {
    const isIt = and(eq(usefulNumbers.id, numberId), eq(usefulNumbers.commune, insee));
    const gone = await tx.delete(usefulNumbers).where(isIt).returning({ id: usefulNumbers.id });
    if (gone.length === 0) throw new AppError('resource.absent');
    await record(tx, { ...actOn(ctx, insee, numberId), action: 'town.number-remove' });
  });
};

const Added = z.strictObject({ number: UsefulNumber });

export const addUsefulNumberRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/communes/:insee/useful-numbers',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'town.addNumber',
        tags: ['insights'],
        params: CommuneCode,
        body: AddUsefulNumber,
        response: { 201: Added, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Added, async (ctx) => ({
        number: await addUsefulNumber(ctx, { ...request.params, ...request.body }),
      })),
  );
};

export const removeUsefulNumberRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/communes/:insee/useful-numbers/remove',
    {
      schema: {
        operationId: 'town.removeNumber',
        tags: ['insights'],
        params: CommuneCode,
        body: z.strictObject({ numberId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await removeUsefulNumber(request.account(), { ...request.params, ...request.body });
      return reply.code(204).send(null);
    },
  );
};

/** The useful numbers of a commune: anyone's. Code: `resource.absent` (no such commune). */
export const listUsefulNumbersRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/useful-numbers',
    {
      schema: {
        operationId: 'town.numbers',
        tags: ['insights'],
        params: CommuneCode,
        querystring: PageQuery,
        response: {
          200: pageOf(UsefulNumber).extend({ commune: z.string() }),
          304: unchanged,
          ...refusals(404),
        },
      },
    },
    async (request, reply) => {
      const { insee } = request.params;
      const { name } = orAbsent(findCommune(insee));
      reply.header('cache-control', 'public, no-cache');
      const all = await listUsefulNumbers(app.deps.db, insee);
      return { commune: name, ...cutPage(app.deps.keys, `numbers ${insee}`, all, request.query, ({ id }) => id) };
    },
  );
};
