import { type IndicatorId, indicatorIds, ReadSideBySide, Release, SideBySide } from '@palier/domain/insights';
import { indicatorInWords } from '@palier/messages/indicators';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { mutate, reader } from '../mutate.ts';
import { communeName } from '../places/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { recordAll } from '../record.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { findReleases, listCommunesIn, listMonthsOf } from './releases.queries.ts';

type Asked = { period?: string | undefined; cursor?: string | undefined; limit: number };

/** The communes whose figures the caller may see: those of an officer's offices, and those where a coordinator's territories have residences. */
const communesOf = async (ctx: SignedInContext): Promise<{ insee: string; as: 'officer' | 'coordinator' }[]> => {
  const { roles } = ctx.actor;
  const offices = new Set(roles.flatMap((grant) => (grant.role === 'officer' ? [grant.commune] : [])));
  const led = roles.flatMap((grant) => (grant.role === 'coordinator' ? [grant.territoryId] : []));
  const all = new Set([...offices, ...(await listCommunesIn(reader(ctx), led))]);
  return [...all].sort().map((insee) => ({ insee, as: offices.has(insee) ? 'officer' : 'coordinator' }));
};

const compared: readonly IndicatorId[] = indicatorIds.filter((id) => id !== 'worth' && id !== 'coverage');

/** The caller's communes in one closed month, some at once, the commune alone: no category, no quarter. Each commune looked at is logged first. Codes: `role.required`, `cursor.invalid`. */
export const readSideBySide = async (
  ctx: SignedInContext,
  { period: asked, cursor, limit }: Asked,
): Promise<SideBySide> => {
  const mine = await communesOf(ctx);
  const db = reader(ctx);
  const insees = mine.map(({ insee }) => insee);
  const periods = await listMonthsOf(db, insees);
  const period = asked ?? periods[0] ?? null;
  const after =
    cursor === undefined ? '' : String(openCursor(ctx.keys, `side-by-side ${ctx.actor.accountId}`, cursor)[0]);
  const rest = mine.filter(({ insee }) => insee > after);
  const some = rest.slice(0, limit);
  const found = period
    ? await findReleases(
        db,
        some.map(({ insee }) => insee),
        [period],
      )
    : [];
  const released = new Map(found.map(({ commune, body }) => [commune, Release.parse(JSON.parse(body))]));
  if (period)
    await mutate(ctx, (tx) =>
      recordAll(
        tx,
        some.map(({ insee, as }) => ({
          entry: {
            ...{ at: ctx.now, actorId: ctx.actor.accountId, actorRole: as, action: 'insights.read' },
            ...{ subject: 'release', commune: insee, reason: period },
          },
        })),
      ),
    );
  return {
    ...{ period, periods },
    indicators: compared.map((id) => ({ id, label: indicatorInWords(id, ctx.locale).label })),
    items: some.map(({ insee }) => {
      const release = released.get(insee);
      const figures = compared.flatMap((id) => release?.indicators.find((one) => one.id === id) ?? []);
      return {
        ...{ commune: insee, name: communeName(insee), release: release?.number ?? null },
        figures: figures.map(({ id, figure }) => ({ id, figure })),
      };
    }),
    next:
      rest.length > some.length
        ? sealCursor(ctx.keys, `side-by-side ${ctx.actor.accountId}`, [some.at(-1)?.insee ?? ''])
        : null,
  };
};

export const readSideBySideRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me/insights',
    {
      schema: {
        operationId: 'insights.sideBySide',
        tags: ['insights'],
        querystring: ReadSideBySide,
        response: { 200: SideBySide, ...refusals() },
      },
    },
    async (request, reply) => {
      const ctx = request.account();
      reply.header(seqHeader, String(await findHead(reader(ctx))));
      return readSideBySide(ctx, request.query);
    },
  );
};
