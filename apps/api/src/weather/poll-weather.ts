import { createHash } from 'node:crypto';
import { inTransaction } from '@palier/db';
import { pollAgainMs, pollEveryMs, statementsOf } from '@palier/domain/weather';
import type { Context } from '../context.ts';
import { tellOfColours } from './tell-of-colour.ts';
import { readVigilance } from './vigilance.ts';
import { claimReading, keepBulletin, noteFailure } from './weather.queries.ts';

/** How long one process has the turn to read, in ms: whoever is killed meanwhile leaves it to another. */
const leaseMs = 120_000;
const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

const readSource = async (ctx: Context<null>, url: string, timeoutMs?: number): Promise<void> => {
  const { db, now, env } = ctx;
  const source = createHash('sha256').update(url).digest('base64url');
  const turn = await claimReading(db, source, now, after(now, leaseMs));
  if (!turn) return;
  const reading = await readVigilance(url, env.vigilanceToken, now, timeoutMs);
  if ('problem' in reading) {
    const failures = turn.failures + 1;
    await noteFailure(db, reading.problem, failures, after(now, pollAgainMs(failures, reading.retryAfterS)));
    ctx.log.warn({ problem: reading.problem, failures }, 'the vigilance map could not be read');
    return;
  }
  const { bulletin } = reading;
  const at = { issuedAt: bulletin.issuedAt, readAt: now, nextAt: after(now, pollEveryMs) };
  await inTransaction(db, (tx) => keepBulletin(tx, statementsOf(bulletin), at));
};

/** Reads the vigilance map when it is due (every half hour, later after failures), keeps the last good bulletin, and tells of colours that changed. Without `VIGILANCE_URL` nothing is asked of anyone. */
export const pollWeather = async (ctx: Context<null>, timeoutMs?: number): Promise<void> => {
  if (ctx.env.vigilanceUrl) await readSource(ctx, ctx.env.vigilanceUrl, timeoutMs);
  await tellOfColours(ctx);
};
