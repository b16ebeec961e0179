import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';

declare const held: unique symbol;

/** A commune whose officer the caller is: only `officeOf` makes one. */
export type Office = { readonly [held]: true; readonly insee: string };

/** The caller's own commune. Codes: `role.required` (an officer of none), `resource.absent` (not of this one). */
export const officeOf = ({ actor }: SignedInContext, insee: string): Office => {
  const offices = actor.roles.filter((grant) => grant.role === 'officer');
  if (offices.length === 0) throw new AppError('role.required');
  if (!offices.some(({ commune }) => commune === insee)) throw new AppError('resource.absent');
  return { insee } as Office;
};

/** Logs that an officer looked at, or took away, a period of their commune, before they do (privacy.md, Aggregates). */
export const logLook = (
  ctx: SignedInContext,
  { insee }: Office,
  action: 'insights.read' | 'insights.export',
  what: string,
): Promise<void> =>
  mutate(ctx, (tx) =>
    record(tx, {
      ...{ at: ctx.now, actorId: ctx.actor.accountId, actorRole: 'officer', action },
      ...{ subject: 'release', commune: insee, reason: what },
    }),
  );
