import { localDateOf } from '@palier/domain/watch';

/** A day as calendars of mainland France show it, today or some days ahead: `2026-07-01`. Late in the evening it is a day ahead of UTC. */
export const dayInFrance = (ahead = 0): string =>
  localDateOf(new Date(Date.now() + ahead * 86_400_000), 'Europe/Paris');
