import type { Transaction } from '@palier/db';
import { CreateReport, hidesUntilExamined, ReportView, reportsPerHour, signalsOf } from '@palier/domain/moderation';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { findVisiblePost } from '../posts/index.ts';
import { type OutboxEvent, record } from '../record.ts';
import { countReportsSince, listReports } from './cases.queries.ts';
import { insertDecision } from './decisions.queries.ts';
import { takeDown } from './effects.ts';
import { findReportedMessage } from './reported-messages.queries.ts';
import {
  findReport,
  findReportedResident,
  insertReport,
  isShown,
  lockReporter,
  openCaseOf,
  type Reportable,
} from './reports.queries.ts';

const hourMs = 3_600_000;

/** What is reported, if it is the reporter's to know and not their own. Codes: `resource.absent`, `post.own`. */
const findReportable = async (ctx: ResidentContext, tx: Transaction, input: CreateReport): Promise<Reportable> => {
  const { subject, subjectId } = input;
  const me = ctx.actor.residentId;
  const postId = subject === 'post' ? subjectId : null;
  const theirs =
    subject === 'post'
      ? (await findVisiblePost({ ...ctx, tx }, subjectId)).post.authorId
      : subject === 'message'
        ? orAbsent(await findReportedMessage(tx, subjectId, me))
        : subjectId;
  if (theirs === me) throw new AppError(subject === 'post' ? 'post.own' : 'resource.absent');
  return { subject, subjectId, postId, ...orAbsent(await findReportedResident(tx, theirs)) };
};

/** Hides a post that enough homes reported, until somebody has looked; its author is told why, as of any decision. */
const hideIfMany = async (tx: Transaction, caseId: string, about: Reportable, now: Date): Promise<OutboxEvent[]> => {
  if (about.postId === null || !(await isShown(tx, about.postId))) return [];
  const signals = signalsOf(await listReports(tx, [caseId]));
  if (!hidesUntilExamined(signals)) return [];
  const { before, events } = await takeDown(tx, about.postId, 'reported', now);
  if (before.posts.length === 0) return [];
  await insertDecision(tx, {
    ...{ id: newId(), caseId, kind: 'hide', reason: 'other', text: '', before },
    ...{ decidedBy: null, decidedAs: 'system', createdAt: now },
  });
  return [
    { kind: 'case', change: 'decided', caseId, residenceId: about.residenceId, commune: about.commune },
    ...events,
  ];
};

/**
 * Flags a post, a message or somebody for the referents of where it comes from; the same person's hundred reports of one thing are one.
 * Codes: `resource.absent`, `post.own`, `rate.limited`.
 */
export const report = async (ctx: ResidentContext, input: CreateReport): Promise<z.infer<typeof ReportView>> =>
  mutate(ctx, async (tx) => {
    const { residentId, accountId } = ctx.actor;
    const about = await findReportable(ctx, tx, input);
    const { subject, subjectId, residenceId, commune } = about;
    await lockReporter(tx, residentId);
    const known = await findReport(tx, about, residentId);
    if (known) return { ...shown(known), subject, subjectId };
    const within = await countReportsSince(tx, residentId, new Date(ctx.now.getTime() - hourMs));
    if (ctx.env.hasRateLimits && within >= reportsPerHour) throw new AppError('rate.limited', { retryAfterS: 3_600 });
    const opened = await openCaseOf(tx, about, 'report', ctx.now);
    const row = { id: newId(), reason: input.reason, createdAt: ctx.now };
    await insertReport(tx, {
      ...{ ...row, caseId: opened.id, subject, subjectId, reporterId: residentId, text: input.text ?? '' },
    });
    const hidden = await hideIfMany(tx, opened.id, about, ctx.now);
    await record(
      tx,
      {
        ...{ at: ctx.now, actorId: accountId, actorRole: 'resident', action: 'report.create', subject, subjectId },
        ...{ residenceId, commune, reason: input.reason, text: input.text ?? '' },
      },
      [
        { kind: 'case', change: opened.isNew ? 'opened' : 'reported', caseId: opened.id, residenceId, commune },
        ...hidden,
      ],
    );
    return { ...shown(row), subject, subjectId };
  });

const shown = ({ id, reason, createdAt }: { id: string; reason: CreateReport['reason']; createdAt: Date }) => ({
  id,
  reason,
  createdAt: createdAt.toISOString(),
});

const Reported = z.strictObject({ report: ReportView });

export const reportRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/reports',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'reports.create',
        tags: ['moderation'],
        body: CreateReport,
        response: { 201: Reported, ...refusals(404) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), Reported, async (ctx) => ({
        report: await report(ctx, request.body),
      })),
  );
};
