import { dayAt, dayInDigits } from '@palier/domain/insights';
import { timeZoneOfCommune } from '@palier/domain/places';

/** The day it is in a commune, as `2026-07-01`. */
export const todayIn = (insee: string, now: Date): string => dayInDigits(dayAt(now, timeZoneOfCommune(insee)));
