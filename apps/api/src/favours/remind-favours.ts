import { reminderAt, reminderReachMs } from '@palier/domain/favours';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { notify } from '../notifications/index.ts';
import { claimReminder, listUnreminded, type Unreminded } from './reminders.queries.ts';

const batch = 500;
const batchesMax = 200;
const beforeAll = '00000000-0000-0000-0000-000000000000';

const isDue = (favour: Unreminded, now: Date): boolean => {
  const due = favour.from && reminderAt(favour.from, favour.agreedAt, timeZoneOfCommune(favour.commune));
  return due !== null && due !== undefined && due <= now;
};

const remindOne = (ctx: Context<unknown>, favour: Unreminded): Promise<boolean> =>
  mutate(ctx, async (tx) => {
    if (!(await claimReminder(tx, favour.id, ctx.now))) return false;
    const entry = {
      at: ctx.now,
      actorId: null,
      actorRole: 'system',
      action: 'favour.remind',
      subject: 'favour',
    } as const;
    const { id: favourId, residenceId, commune, accounts } = favour;
    const sides = [accounts.helper, accounts.beneficiary].filter((accountId) => accountId !== null);
    const notices = sides.map((accountId) => ({ accountId, kind: 'reminder', favourId }) as const);
    await notify(tx, { ...entry, subjectId: favourId, residenceId, commune }, notices);
    return true;
  });

/** Reminds both sides of each favour whose reminder is due, once and by day; answers of how many. Run twice at once, each is reminded once. */
export const remindFavours = async (ctx: Context<unknown>): Promise<number> => {
  const span = { from: ctx.now, to: new Date(ctx.now.getTime() + reminderReachMs) };
  let reminded = 0;
  let after = beforeAll;
  for (let n = 0; n < batchesMax; n++) {
    const favours = await listUnreminded(ctx.db, span, after, batch);
    for (const favour of favours) if (isDue(favour, ctx.now) && (await remindOne(ctx, favour))) reminded++;
    after = favours.at(-1)?.id ?? after;
    if (favours.length < batch) break;
  }
  return reminded;
};
