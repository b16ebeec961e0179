import { EditMe, Me } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { keepChoices } from '../notifications/index.ts';
import { record } from '../record.ts';
import { updateAccount, updateResident } from './accounts.queries.ts';
import { readMe } from './read-me.ts';
import { listSignedEvents } from './signed-events.queries.ts';

/** Drops the keys that were not sent. */
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** Changes what was sent of my profile and nothing else. Code: `role.required` when an account that is not a resident sets what only residents have. */
export const editMe = async (ctx: SignedInContext, input: EditMe): Promise<z.infer<typeof Me>> => {
  const { displayName, locale, largeText, skills, availability, radiusM, languages, asksPerDay, urgentAtNight } = input;
  const { resident, accountId } = ctx.actor;
  const isOfResident = (skills ?? availability ?? radiusM ?? languages ?? asksPerDay ?? urgentAtNight) !== undefined;
  if (!resident && isOfResident) throw new AppError('role.required');
  const ofAccount = given({ displayName, locale, largeText });
  const ofResident = given({
    displayName,
    skills: skills && [...new Set(skills)],
    availability: availability && [...new Set(availability)],
    radiusM,
    languages: languages && [...new Set(languages)],
    asksPerDay,
    urgentAtNight,
  });
  await mutate(ctx, async (tx) => {
    if (Object.keys(ofAccount).length > 0) await updateAccount(tx, accountId, ofAccount);
    if (input.notices) await keepChoices(tx, accountId, input.notices, ctx.now);
    if (resident && Object.keys(ofResident).length > 0) await updateResident(tx, resident.residentId, ofResident);
    const isRenamed = resident && displayName !== undefined && displayName !== resident.displayName;
    const spoken = isRenamed ? await listSignedEvents(tx, resident.residentId) : [];
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: resident ? 'resident' : 'visitor',
        action: 'me.edit',
        subject: 'account',
        subjectId: accountId,
      },
      [{ kind: 'rights', change: 'profile', sideA: accountId }, ...spoken],
    );
  });
  return readMe({ ...ctx, actor: { ...ctx.actor, locale: locale ?? ctx.actor.locale } });
};

export const editMeRoute: FastifyPluginAsyncZod = async (app) => {
  app.patch(
    '/me',
    { schema: { operationId: 'me.edit', tags: ['accounts'], body: EditMe, response: { 200: Me } } },
    (request) => editMe(request.account(), request.body),
  );
};
