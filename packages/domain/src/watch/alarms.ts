import { z } from 'zod';

const minuteMs = 60_000;

/** What whoever looks after an escalation may note that they did: a closed list, and nothing of anyone's health. */
export const WatchStep = z.enum(['contact-called', 'door-tried', 'town-hall-called', '15-called', '18-called']);
export type WatchStep = z.infer<typeof WatchStep>;

/** How an escalation ends: seen or heard, help is there, they are away, or it was no alarm. */
export const WatchEnding = z.enum(['reached', 'emergency-called', 'away', 'mistake']);
export type WatchEnding = z.infer<typeof WatchEnding>;

/** Who is told of an escalation: the person's readers; later those too who look after the residence, who read only that a check waits there. */
export type AlarmWidth = 'readers' | 'keepers';

/** How long until an escalation that nobody acknowledged is told again, in ms: ten minutes, five from the third time on. */
export const alarmAgainMs = (times: number): number => (times < 3 ? 10 : 5) * minuteMs;

/** Who hears the nth telling (from 0): the readers at first, and from the second on whoever looks after the residence and its territory too. */
export const alarmWidth = (nth: number): AlarmWidth => (nth === 0 ? 'readers' : 'keepers');
