import { createHash } from 'node:crypto';
import { calendarOf } from '@palier/domain/favours';
import { m } from '@palier/messages';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { refusals } from '../../plugins/refusals.ts';
import { findFeedOwner } from './calendar.queries.ts';
import { eventsOf } from './events-of.ts';

/** What is kept of a feed's secret. */
export const hashFeedToken = (token: string): string =>
  createHash('sha256').update(`palier calendar ${token}`).digest('base64url');

const secretShape = /^([\w-]{43})\.ics$/;

/** The calendar that a secret address opens: whoever holds it reads it, so it tells no name and no place. Code: `resource.absent`. */
export const readCalendarRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/calendar/:file',
    {
      schema: {
        operationId: 'calendar.read',
        tags: ['favours'],
        params: z.strictObject({ file: z.string().max(100) }),
        response: { 200: z.string(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      const token = secretShape.exec(request.params.file)?.[1];
      const { deps } = request.server;
      const owner = token === undefined ? undefined : await findFeedOwner(deps.db, hashFeedToken(token));
      if (!owner) throw new AppError('resource.absent');
      const { locale } = owner;
      const ctx = { ...deps, actor: null, now: deps.clock(), ip: request.ip, locale, tx: null };
      const text = calendarOf(m.calendar_name({}, { locale }), await eventsOf(ctx, owner));
      return reply.type('text/calendar; charset=utf-8').serializer(String).send(text);
    },
  );
};
