import type { Slot } from '../accounts/slot.ts';
import { wallClockOf } from '../places/wall-clock.ts';

const hourMs = 3_600_000;
/** Longer windows touch every half-day: nothing is learnt from them. */
const longestHours = 7 * 24;

/** The half-days that a window touches on the wall clock of its zone: morning until 12, afternoon until 18, evening after; null when it says nothing. */
export const slotsOf = (window: { from: Date; to: Date } | null, timeZone: string): ReadonlySet<Slot> | null => {
  if (!window) return null;
  const hours = (window.to.getTime() - window.from.getTime()) / hourMs;
  if (hours > longestHours) return null;
  const slots = new Set<Slot>();
  for (let at = window.from.getTime(); at < window.to.getTime(); at += hourMs) {
    const { year, month, day, hour } = wallClockOf(new Date(at), timeZone);
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
    const part = hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
    if (hour >= 7 && hour < 23) slots.add(`${weekday === 0 || weekday === 6 ? 'weekend' : 'weekday'}-${part}`);
  }
  return slots;
};
