import { z } from 'zod';
import type { NotificationKind } from './kinds.ts';

/** The rows of the table in which one chooses how to be told. */
export const NoticeRow = z.enum(['urgent-ask', 'ask', 'answered', 'message', 'outcome', 'moderation', 'watch', 'town']);
export type NoticeRow = z.infer<typeof NoticeRow>;

/** How a row reaches someone beyond the screen, where everything is always kept: at once on a device, or in the day's e-mail. */
export const NoticeWay = z.enum(['push', 'mail']);
export type NoticeWay = z.infer<typeof NoticeWay>;

/** The hours of the wall clock, in the commune's zone, at which the day's e-mail may be asked for: never in the night. */
export const mailHours = { first: 8, last: 21, byDefault: 18 } as const;

const Ways = z.strictObject({ push: z.boolean(), mail: z.boolean() });

/** What someone chose: each row's ways, and the hour of the day's e-mail, null for none. */
export const NoticeChoices = z.strictObject({
  rows: z.strictObject({
    'urgent-ask': Ways,
    ask: Ways,
    answered: Ways,
    message: Ways,
    outcome: Ways,
    moderation: Ways,
    watch: Ways,
    town: Ways,
  } satisfies Record<NoticeRow, typeof Ways>),
  mailHour: z.int().min(mailHours.first).max(mailHours.last).nullable(),
});
export type NoticeChoices = z.infer<typeof NoticeChoices>;

const both = { push: true, mail: true } as const;

/**
 * What whoever chose nothing gets (product.md: the default is the product): everything on the devices they allowed, and one e-mail a day at 18 h with what still waits.
 * An urgent ask lasts two hours, so it is never mailed unless asked for.
 */
export const defaultChoices: NoticeChoices = {
  rows: {
    'urgent-ask': { push: true, mail: false },
    ask: both,
    answered: both,
    message: both,
    outcome: both,
    moderation: both,
    watch: both,
    town: { push: false, mail: true },
  },
  mailHour: mailHours.byDefault,
};

/** What `PATCH /api/me` takes of it: the rows and the hour that change. */
export const EditNoticeChoices = z.strictObject({
  rows: NoticeChoices.shape.rows.partial().optional(),
  mailHour: NoticeChoices.shape.mailHour.optional(),
});
export type EditNoticeChoices = z.infer<typeof EditNoticeChoices>;

/** Choices with what changes put over them. */
export const withChoices = (choices: NoticeChoices, { rows, mailHour }: EditNoticeChoices): NoticeChoices => {
  const changed = Object.fromEntries(Object.entries(rows ?? {}).filter(([, ways]) => ways !== undefined));
  return {
    rows: { ...choices.rows, ...changed },
    mailHour: mailHour === undefined ? choices.mailHour : mailHour,
  };
};

/** The choices that a store kept, whatever they were written by: what is missing or unreadable is the default. */
export const readChoices = (kept: { rows: unknown; mailHour: number | null } | null | undefined): NoticeChoices => {
  if (!kept) return defaultChoices;
  const rows = EditNoticeChoices.shape.rows.safeParse(kept.rows);
  return withChoices(defaultChoices, { rows: rows.data, mailHour: kept.mailHour });
};

const rowOf: Readonly<Record<Exclude<NotificationKind, 'ask' | 'account'>, NoticeRow>> = {
  interest: 'ask',
  'still-needed': 'outcome',
  expired: 'outcome',
  answered: 'answered',
  outcome: 'outcome',
  message: 'message',
  meeting: 'message',
  reminder: 'message',
  series: 'outcome',
  decision: 'moderation',
  case: 'moderation',
  act: 'outcome',
  watch: 'watch',
  town: 'town',
};

/** The row of the table that decides how a notification is told; null for what is always told (one's own account). */
export const rowOfNotice = (kind: NotificationKind, isUrgent: boolean): NoticeRow | null => {
  if (kind === 'account') return null;
  return kind === 'ask' ? (isUrgent ? 'urgent-ask' : 'ask') : rowOf[kind];
};

/** Whether someone wants to be told of this in this way. */
export const wants = (choices: NoticeChoices, row: NoticeRow | null, way: NoticeWay): boolean =>
  row === null || choices.rows[row][way];
