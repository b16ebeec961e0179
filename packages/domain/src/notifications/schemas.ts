import { z } from 'zod';
import { ReasonView } from '../matching/schemas.ts';
import { Category } from '../posts/categories.ts';
import { InstantOut, PostKind, PostState } from '../posts/schemas.ts';

/**
 * What someone is told of: `ask`, a request near them that they fit; `interest`, a post that an interest of theirs fits; `still-needed`, their own request that nobody has answered halfway
 * to its end; `expired`, their own post that ended by itself.
 */
export const NotificationKind = z.enum(['ask', 'interest', 'still-needed', 'expired']);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** A notification as its reader may read it now: the post as it is today, or null when it is no longer theirs to see. */
export const NotificationView = z.strictObject({
  id: z.uuid(),
  kind: NotificationKind,
  title: z.string(),
  text: z.string(),
  reasons: z.array(ReasonView),
  post: z
    .strictObject({ id: z.uuid(), kind: PostKind, category: Category, title: z.string(), state: PostState })
    .nullable(),
  read: z.boolean(),
  createdAt: InstantOut,
});
export type NotificationView = z.infer<typeof NotificationView>;

const count = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .refine((n) => n >= 1 && n <= 100, { message: 'between 1 and 100' });

/** The query of `GET /api/notifications`. */
export const ListNotifications = z.strictObject({
  cursor: z.string().min(1).max(400).optional(),
  limit: count.default(20),
});
export type ListNotifications = z.infer<typeof ListNotifications>;

/** The body of `POST /api/notifications/read`: those that were read, or all that there are. */
export const ReadNotifications = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(100) }),
  z.strictObject({ all: z.literal(true) }),
]);
export type ReadNotifications = z.infer<typeof ReadNotifications>;
