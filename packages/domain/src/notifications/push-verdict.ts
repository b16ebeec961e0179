import { isQuiet, nextTellableAt } from '../matching/rings.ts';
import { type NoticeChoices, rowOfNotice, wants } from './choices.ts';
import type { NotificationKind } from './kinds.ts';

/** How many pushes an account gets in one day of its commune's wall clock; urgent asks and the watch do not count. */
export const pushesPerDay = 12;
/** For how long after it was written a notification is still worth a push, in ms: a day; an urgent ask two hours. */
export const pushLifeMs = { usual: 86_400_000, urgent: 7_200_000 } as const;

export type Pushable = {
  kind: NotificationKind;
  isUrgent: boolean;
  /** An alarm of the watch, for the person's readers: at any hour, whatever they chose. */
  isAlarm?: boolean;
  createdAt: Date;
  isRead: boolean;
  /** Whether what it speaks of still waits: an ask that was taken does not. */
  isWaiting: boolean;
};
export type PushReader = {
  choices: NoticeChoices;
  timeZone: string;
  wantsUrgentAtNight: boolean;
  pushedToday: number;
};
export type PushVerdict =
  | { send: true; ttlSeconds: number; urgency: 'high' | 'normal' | 'low'; isCounted: boolean }
  | { send: false; laterAt: Date | null };

const urgencies: Partial<Record<NotificationKind, 'high' | 'low'>> = {
  answered: 'high',
  message: 'high',
  reminder: 'high',
  watch: 'high',
  interest: 'low',
};

/**
 * Whether a notification is pushed now, in the morning (`laterAt`), or not at all: not what was read on screen, is over, was chosen away, or is beyond the day's cap; not from 22:00 to 8:00 on
 * the commune's clocks except an urgent ask to whoever opted in (product.md, Tell). Whoever hears of something urgent by an interest of theirs hears it as well as the asked would: by whichever
 * of the two rows they kept, and at night if they opted in.
 */
export const pushVerdict = (notice: Pushable, reader: PushReader, now: Date): PushVerdict => {
  const isUrgentAsk = notice.isUrgent && (notice.kind === 'ask' || notice.kind === 'interest');
  const isUrgentWanted = isUrgentAsk && wants(reader.choices, 'urgent-ask', 'push');
  const never = { send: false, laterAt: null } as const;
  const row = rowOfNotice(notice.kind, notice.isUrgent);
  const endsAt = notice.createdAt.getTime() + (row === 'urgent-ask' ? pushLifeMs.urgent : pushLifeMs.usual);
  const isWanted = notice.isAlarm || isUrgentWanted || wants(reader.choices, row, 'push');
  if (notice.isRead || !notice.isWaiting || !isWanted || endsAt <= now.getTime()) return never;
  if (isQuiet(now, reader.timeZone) && !notice.isAlarm && !(isUrgentWanted && reader.wantsUrgentAtNight)) {
    const morning = nextTellableAt(now, reader.timeZone);
    return morning.getTime() < endsAt ? { send: false, laterAt: morning } : never;
  }
  const isCounted = !isUrgentAsk && notice.kind !== 'watch';
  if (isCounted && reader.pushedToday >= pushesPerDay) return never;
  return {
    send: true,
    ttlSeconds: Math.ceil(Math.min(endsAt - now.getTime(), isUrgentAsk ? pushLifeMs.urgent : pushLifeMs.usual) / 1000),
    urgency: isUrgentAsk ? 'high' : (urgencies[notice.kind] ?? 'normal'),
    isCounted,
  };
};
