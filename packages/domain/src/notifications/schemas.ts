import { z } from 'zod';
import { FavourState, Side } from '../favours/schemas.ts';
import { ReasonView } from '../matching/schemas.ts';
import { Category } from '../posts/categories.ts';
import { InstantOut, PostKind, PostState } from '../posts/schemas.ts';

/**
 * What someone is told of. Of a post: `ask`, a request near them that they fit; `interest`, a post that an interest of theirs fits; `still-needed`, their own request that nobody has
 * answered halfway to its end; `expired`, their own post that ended by itself; `series`, somebody wishes to come, or that they come, at each date. Of a favour: `answered`, someone said yes to their post, or whoever stood by for it was promoted; `outcome`,
 * what became of a favour of theirs; `reminder`, one that comes soon. Of a conversation: `message`, and `meeting`, an hour proposed, agreed or near. Of a case: `decision`, a ruling on what
 * they wrote or on their appeal; `case`, something waits for them to examine. `act`, something was done in their name, or they are kept in copy; `account`, their address or sessions;
 * `watch`, something of the watch waits for them.
 */
export const NotificationKind = z.enum([
  'ask',
  'interest',
  'series',
  'still-needed',
  'expired',
  'answered',
  'outcome',
  'message',
  'meeting',
  'reminder',
  'decision',
  'case',
  'act',
  'account',
  'watch',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** A notification as its reader may read it now: the post or favour as it is today, or null when it is none or no longer theirs to see; `href` is the page that it leads to, null when there is none. */
export const NotificationView = z.strictObject({
  id: z.uuid(),
  kind: NotificationKind,
  title: z.string(),
  text: z.string(),
  reasons: z.array(ReasonView),
  post: z
    .strictObject({ id: z.uuid(), kind: PostKind, category: Category, title: z.string(), state: PostState })
    .nullable(),
  favour: z.strictObject({ id: z.uuid(), postId: z.uuid(), side: Side, state: FavourState }).nullable(),
  href: z.string().nullable(),
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

/** The body of `POST /api/notifications/read`: those that were read, all that there are, or those that speak of a post and its favours, which its reader has just opened. */
export const ReadNotifications = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(100) }),
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({ postId: z.uuid() }),
]);
export type ReadNotifications = z.infer<typeof ReadNotifications>;

/**
 * What became of one account's e-mail of one day: `waiting` to be written, `handing` it over now, `sent`; `nothing` waited to be said; `unsure`, the process was cut while it handed it
 * over, so that it is not sent again and what it said waits for the next day; `refused`, the address does not take mail.
 */
export const DigestState = z.enum(['waiting', 'handing', 'sent', 'nothing', 'unsure', 'refused']);
export type DigestState = z.infer<typeof DigestState>;
