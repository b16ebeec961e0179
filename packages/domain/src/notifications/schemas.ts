import { z } from 'zod';
import { FavourState, Side } from '../favours/schemas.ts';
import { ReasonView } from '../matching/schemas.ts';
import { PageQuery } from '../paging/index.ts';
import { Category } from '../posts/categories.ts';
import { InstantOut, PostKind, PostState } from '../posts/schemas.ts';
import { NotificationKind } from './kinds.ts';

/** A notification as its reader may read it now: the post or favour as it is today, or null when it is none or no longer theirs to see; `href` is the page that it leads to, null when there is none. */
export const NotificationView = z.strictObject({
  id: z.uuid(),
  kind: NotificationKind,
  title: z.string(),
  text: z.string(),
  reasons: z.array(ReasonView),
  post: z
    .strictObject({
      id: z.uuid(),
      kind: PostKind,
      category: Category,
      title: z.string(),
      state: PostState,
      helpersTaken: z.int(),
    })
    .nullable(),
  favour: z.strictObject({ id: z.uuid(), postId: z.uuid(), side: Side, state: FavourState }).nullable(),
  href: z.string().nullable(),
  read: z.boolean(),
  createdAt: InstantOut,
});
export type NotificationView = z.infer<typeof NotificationView>;

/** The query of `GET /api/notifications`. */
export const ListNotifications = PageQuery;
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
