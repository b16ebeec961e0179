import type { Row } from './authorisation-row.ts';
import { accountsRows } from './rows/accounts.ts';
import { calendarRows } from './rows/calendar.ts';
import { insightsRows } from './rows/insights.ts';
import { kitsRows } from './rows/kits.ts';
import { matchingRows } from './rows/matching.ts';
import { messagingRows } from './rows/messaging.ts';
import { moderationRows } from './rows/moderation.ts';
import { notificationsRows } from './rows/notifications.ts';
import { offlineRows } from './rows/offline.ts';
import { operationsRows } from './rows/operations.ts';
import { postsRows } from './rows/posts.ts';
import { residenceRows, territoryRows } from './rows/residences.ts';
import { roundsRows } from './rows/rounds.ts';
import { watchRows } from './rows/watch.ts';
import { weatherRows } from './rows/weather.ts';

/** Every operation and how it answers each role; each capability writes its own rows. */
export const matrix: Readonly<Record<string, Row>> = {
  ...accountsRows,
  ...postsRows,
  ...calendarRows,
  ...kitsRows,
  ...matchingRows,
  ...messagingRows,
  ...moderationRows,
  ...notificationsRows,
  ...insightsRows,
  ...operationsRows,
  ...offlineRows,
  ...residenceRows,
  ...territoryRows,
  ...roundsRows,
  ...watchRows,
  ...weatherRows,
};
