import {
  colourAt,
  departmentOfCommune,
  isStale,
  standingOf,
  WeatherHazard,
  type WeatherStanding,
  WeatherView,
} from '@palier/domain/weather';
import { listDepartments } from '@palier/places-data';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Actor, Context } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { careOf } from '../residences/index.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { findSource, listByHand, listCommunesOf, listStatements, territoriesOf } from './weather.queries.ts';

const unspoken: WeatherStanding = { state: 'unwatched', colour: null, tomorrow: null, statedAt: null };

/** The standing of each department and hazard, by `code hazard`; with no bulletin ever read there is none. */
const standingsAt = async ({ db, now }: Context<unknown>, lastIssuedAt: Date | null) => {
  const rows = lastIssuedAt ? await listStatements(db) : [];
  return new Map(
    rows.map((row): [string, WeatherStanding] => [
      `${row.department} ${row.hazard}`,
      {
        state: standingOf(row, lastIssuedAt ?? row.statedAt, now),
        colour: colourAt(row, now),
        tomorrow: now < row.turnsAt ? row.next : null,
        statedAt: row.statedAt.toISOString(),
      },
    ]),
  );
};

/** The departments where each territory that the caller coordinates has residences. */
const chargeOf = async (ctx: Context<unknown>, territoryIds: readonly string[]): Promise<WeatherView['charge']> => {
  const led = new Map<string, { id: string; name: string; departments: string[] }>();
  for (const { id, name, commune } of await listCommunesOf(ctx.db, territoryIds)) {
    const territory = led.get(id) ?? { id, name, departments: [] };
    const department = departmentOfCommune(commune);
    if (!territory.departments.includes(department)) territory.departments.push(department);
    led.set(id, territory);
  }
  return [...led.values()].map((one) => ({ ...one, departments: one.departments.sort() }));
};

/** The weather's colours as they are known now, their age, and what was set by hand in the reader's own territories: none for a visitor. */
export const readWeather = async (ctx: Context<Actor | null>): Promise<WeatherView> => {
  const { db, now, env, actor } = ctx;
  const source = await findSource(db);
  const { issuedAt = null, readAt = null, problem = null } = source ?? {};
  const standings = await standingsAt(ctx, issuedAt);
  const { residenceIds, territoryIds } = actor ? careOf({ ...ctx, actor }) : { residenceIds: [], territoryIds: [] };
  const lived = actor?.resident ? [actor.resident.residenceId] : [];
  const own = new Set([...territoryIds, ...(await territoriesOf(db, [...residenceIds, ...lived]))]);
  const byHand = await listByHand(db, [...own]);
  const standing = (code: string, hazard: WeatherHazard) => standings.get(`${code} ${hazard}`) ?? unspoken;
  return {
    source: {
      isSet: env.vigilanceUrl !== undefined,
      issuedAt: issuedAt?.toISOString() ?? null,
      readAt: readAt?.toISOString() ?? null,
      isStale: issuedAt !== null && readAt !== null && isStale(readAt, issuedAt, now),
      problem,
    },
    departments: listDepartments().map(({ code, name }) => ({
      code,
      name,
      heat: standing(code, WeatherHazard.enum.heat),
      cold: standing(code, WeatherHazard.enum.cold),
    })),
    byHand: byHand.map(({ territoryId, name, setAt, ...colour }) => ({
      territory: { id: territoryId, name },
      ...colour,
      setAt: setAt.toISOString(),
    })),
    home: actor?.resident ? departmentOfCommune(actor.resident.commune) : null,
    charge: await chargeOf(ctx, territoryIds),
  };
};

export const readWeatherRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/weather',
    { schema: { operationId: 'weather.read', tags: ['weather'], response: { 200: WeatherView, ...refusals() } } },
    async (request, reply) => {
      const ctx = request.visitor();
      reply.header(seqHeader, String(await findHead(ctx.db)));
      return readWeather(ctx);
    },
  );
};
