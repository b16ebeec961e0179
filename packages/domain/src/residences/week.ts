import { z } from 'zod';
import { Category } from '../posts/categories.ts';
import { InstantOut } from '../posts/schemas.ts';

/** What a week's page looks back on, in ms: seven days; and for who might be glad of a call, eight weeks. */
export const weekMs = 7 * 86_400_000;
const lookBackMs = 8 * weekMs;
/** Who might be glad of a call: asked at least three times in eight weeks, and nobody came. */
export const gladOfCall = { requestsMin: 3, lookBackMs } as const;

/** Whether a neighbour who asked `requests` times in eight weeks, of which `helped` were answered by someone who came, might be glad of a call from their referent. */
export const isGladOfCall = ({ requests, helped }: { requests: number; helped: number }): boolean =>
  requests >= gladOfCall.requestsMin && helped === 0;

const Someone = z.strictObject({ id: z.uuid(), displayName: z.string() });

/** A residence's week, for its referent alone. */
export const ResidenceWeek = z.strictObject({
  residence: z.strictObject({ id: z.uuid(), name: z.string(), communeName: z.string() }),
  from: InstantOut,
  to: InstantOut,
  arrivals: z.array(Someone.extend({ trust: z.enum(['new', 'known', 'trusted']), joinedAt: InstantOut })),
  unanswered: z.array(z.strictObject({ id: z.uuid(), title: z.string(), category: Category, createdAt: InstantOut })),
  favoursDone: z.int(),
  /** For the referent alone: null for anyone else. */
  gladOfCall: z.array(Someone.extend({ requests: z.int() })).nullable(),
});
export type ResidenceWeek = z.infer<typeof ResidenceWeek>;
