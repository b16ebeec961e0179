import { z } from 'zod';
import { FavourState } from '../favours/schemas.ts';
import { Category } from '../posts/categories.ts';
import { PostCard, PostState } from '../posts/schemas.ts';

/** The WebSocket subprotocol of `GET /api/live`. */
export const liveProtocol = 'palier.live.v1';

/** A position in the stream: a whole number from 0 up to 2^53 − 1; a restore begins a new epoch at the next multiple of `epochSize`. */
export const Seq = z.int().min(0);

/** The first `seq` of each epoch is a multiple of this (architecture.md, Backup). */
export const epochSize = 1_000_000_000_000;

/** How long events are kept and may be resumed, in ms: 7 days. */
export const keptMs = 7 * 86_400_000;

const link = { after: Seq, seq: Seq };

/** The frames that carry an event: each names, in `after`, the one before it on this socket. */
export const EventFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('post.opened'), ...link, post: PostCard }),
  z.strictObject({ type: z.literal('post.changed'), ...link, post: PostCard }),
  z.strictObject({ type: z.literal('post.closed'), ...link, postId: z.uuid(), state: PostState }),
  z.strictObject({
    type: z.literal('favour.changed'),
    ...link,
    favourId: z.uuid(),
    postId: z.uuid(),
    state: FavourState,
  }),
  z.strictObject({ type: z.literal('message.sent'), ...link, conversationId: z.uuid(), messageId: z.uuid() }),
  z.strictObject({ type: z.literal('conversation.changed'), ...link, conversationId: z.uuid() }),
  z.strictObject({ type: z.literal('notification.created'), ...link, notificationId: z.uuid() }),
  z.strictObject({ type: z.literal('case.changed'), ...link, caseId: z.uuid() }),
  z.strictObject({ type: z.literal('watch.changed'), ...link, roundId: z.uuid(), covered: z.int(), due: z.int() }),
  z.strictObject({ type: z.literal('insights.changed'), ...link, insee: z.string(), period: z.string() }),
]);
export type EventFrame = z.infer<typeof EventFrame>;

/** Why a reader must reload: what they hold is too old, comes from another life of the database, or from the future. */
export const ResyncReason = z.enum(['expired', 'foreign', 'future']);
export type ResyncReason = z.infer<typeof ResyncReason>;

/** Somebody writes in a conversation of the reader's, just now. It is no event: never kept, never replayed, and without a place in the stream. */
export const TypingFrame = z.strictObject({
  type: z.literal('typing'),
  conversationId: z.uuid(),
  residentId: z.uuid(),
});
export type TypingFrame = z.infer<typeof TypingFrame>;

/** Everything the server sends on `/api/live`, one JSON object a frame. */
export const ServerFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), seq: Seq, protocol: z.literal(liveProtocol) }),
  z.strictObject({ type: z.literal('tick'), head: Seq }),
  z.strictObject({ type: z.literal('resync'), seq: Seq, reason: ResyncReason }),
  TypingFrame,
  ...EventFrame.options,
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

/** Everything a client may send: anything else closes the socket with 1008, over 4 KiB with 1009. */
export const ClientFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('resume'), after: Seq }),
  z.strictObject({
    type: z.literal('interest'),
    within: z.int().min(1).max(100_000).nullable(),
    categories: z.array(Category).max(16).nullable(),
  }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;
