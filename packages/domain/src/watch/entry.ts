import { z } from 'zod';

/** How a person joined the watch: by themselves on a screen, or by a paper slip that they signed. */
export const WatchConsent = z.enum(['screen', 'slip']);
export type WatchConsent = z.infer<typeof WatchConsent>;

/** As what somebody read of a person on the watch: a named reader, a volunteer who claimed a check, or whoever was handed the slip, until two readers are announced. */
export const WatchReadAs = z.enum(['reader', 'volunteer', 'slip']);
export type WatchReadAs = z.infer<typeof WatchReadAs>;

/** What was read: a line in a list, the whole entry, a claimed check, a round's printed sheet, whom to call, or what to hand over on paper. */
export const WatchReadingKind = z.enum(['list', 'entry', 'check', 'sheet', 'contacts', 'announcement']);
export type WatchReadingKind = z.infer<typeof WatchReadingKind>;
