import { ActingSheet } from '@palier/domain/offline';
import type { Consent } from '@palier/domain/residences';
import { sql } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { actIn, residenceInCare } from '../residences/index.ts';
import { findOfflineResident, offlineView } from './offline.queries.ts';
import { ResidentId } from './open-acting.ts';

type SessionRow = { id: string; by: string; consent: Consent; opened_at: string; ended_at: string | null };
type ActRow = {
  at: string;
  by: string;
  action: string;
  reason: string | null;
  title: string | null;
  other: string | null;
};

const listSessions = (ctx: SignedInContext, residentId: string) =>
  reader(ctx).execute<SessionRow>(sql`
    select s.id, a.display_name as by, s.consent, s.opened_at,
      coalesce(s.closed_at, case when s.expires_at <= clock_timestamp() then s.expires_at end) as ended_at
    from acting_sessions s join accounts a on a.id = s.account_id where s.resident_id = ${residentId} order by s.opened_at desc limit 500`);

/** Every act in the neighbour's name, with what it was about as it reads now; the other side by first name alone, and nobody's where a visitor asked for them: who visits whom is not the desk's. */
const listActs = (ctx: SignedInContext, residentId: string) =>
  reader(ctx).execute<ActRow>(sql`
    select u.at, case when u.actor_role in ('resident', 'visitor') then '' else coalesce(a.display_name, '') end as by, u.action, u.reason, coalesce(p.title, fp.title) as title, o.display_name as other
    from audit u left join accounts a on a.id = u.actor_id
      left join posts p on u.subject in ('post', 'conversation') and p.id = u.subject_id
      left join favours f on u.subject in ('favour', 'conversation') and f.id = u.subject_id left join posts fp on fp.id = f.post_id
      left join residents o on o.id = case when f.helper_id = ${residentId} then f.beneficiary_id else f.helper_id end
    where u.on_behalf_of = ${residentId} and u.subject in ('post', 'favour', 'resident', 'copy', 'conversation') and u.action <> 'conversation.read' order by u.at desc, u.id desc limit 1000`);

/**
 * Everything done in the name of a neighbour without internet, for the sheet their referent prints for them; that it was read is written down too.
 * Code: `resource.absent`.
 */
export const readSheet = async (ctx: SignedInContext, input: { residentId: string }): Promise<ActingSheet> => {
  const neighbour = orAbsent(await findOfflineResident(reader(ctx), input.residentId));
  const home = await residenceInCare(ctx, neighbour.residenceId);
  const [sessions, acts] = [await listSessions(ctx, neighbour.id), await listActs(ctx, neighbour.id)];
  await mutate(ctx, (tx) =>
    record(tx, { ...actIn(ctx, home), action: 'acting.sheet', subject: 'resident-sheet', subjectId: neighbour.id }),
  );
  return {
    resident: offlineView(neighbour),
    residence: { id: home.id, name: home.name },
    welcomedBy: neighbour.welcomedBy,
    sessions: sessions.rows.map(({ id, by, consent, opened_at, ended_at }) => ({
      id,
      by,
      consent,
      openedAt: new Date(opened_at).toISOString(),
      endedAt: ended_at && new Date(ended_at).toISOString(),
    })),
    acts: acts.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() })),
  };
};

export const readSheetRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/offline-residents/:residentId/sheet',
    {
      schema: {
        operationId: 'offline.sheet',
        tags: ['offline'],
        params: ResidentId,
        response: { 200: z.strictObject({ sheet: ActingSheet }), ...refusals(404) },
      },
    },
    async (request) => ({ sheet: await readSheet(request.account(), request.params) }),
  );
};
