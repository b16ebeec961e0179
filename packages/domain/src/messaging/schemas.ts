import { z } from 'zod';
import { FavourState, Side } from '../favours/schemas.ts';
import { PageQuery } from '../paging/index.ts';
import { Category } from '../posts/categories.ts';
import { Instant, InstantOut, PostKind, PostState, TypedText } from '../posts/schemas.ts';

/** The bounds of a conversation: words in code points, photos in bytes and pixels, time in ms. */
export const messagingLimits = {
  textMax: 2000,
  placeMax: 120,
  doorMax: 40,
  doorNoteMax: 140,
  photoInBytesMax: 12 * 1024 * 1024,
  photoOutBytesMax: 2 * 1024 * 1024,
  photoPixelsMax: 50_000_000,
  photoSideMax: 1600,
} as const;

/** Answers of one tap; each reader reads them in their own language. */
export const QuickAnswer = z.enum(['coming', 'ten-minutes', 'done']);
export type QuickAnswer = z.infer<typeof QuickAnswer>;

/** The body of `POST /api/conversations/:conversationId/messages`: words, or a quick answer. */
export const SendMessage = z.union([
  z.strictObject({ text: TypedText(1, messagingLimits.textMax) }),
  z.strictObject({ quick: QuickAnswer }),
]);
export type SendMessage = z.infer<typeof SendMessage>;

/** A message as one side reads it: `writtenBy` names the referent who wrote it for an author without internet, else null; `text` is '' with a quick answer or a photo; `linkHeld` says that a link of it is kept from the other side until they choose to see it. */
export const MessageView = z.strictObject({
  id: z.uuid(),
  conversationId: z.uuid(),
  author: z.strictObject({ id: z.uuid(), displayName: z.string() }),
  writtenBy: z.string().nullable(),
  mine: z.boolean(),
  text: z.string(),
  quick: QuickAnswer.nullable(),
  photo: z.strictObject({ id: z.uuid(), width: z.int(), height: z.int() }).nullable(),
  linkHeld: z.boolean(),
  sentAt: InstantOut,
});
export type MessageView = z.infer<typeof MessageView>;

/** The query of `GET /api/conversations`. */
export const ListConversations = z.strictObject({ ...PageQuery.shape, postId: z.uuid().optional() });
export type ListConversations = z.infer<typeof ListConversations>;

/** The query of `GET /api/conversations/:conversationId/messages`: `shown` is the message whose held link the reader chose to see. */
export const ListMessages = z.strictObject({ ...PageQuery.shape, shown: z.uuid().optional() });
export type ListMessages = z.infer<typeof ListMessages>;

/** The body of `POST /api/conversations/:conversationId/read`: the last message that was on screen. */
export const ReadMessages = z.strictObject({ messageId: z.uuid() });

/** The body of `POST /api/conversations/:conversationId/door`: what is added to the residence's address, which we know. */
export const ShareDoor = z.strictObject({
  floor: TypedText(0, messagingLimits.doorMax).optional(),
  door: TypedText(0, messagingLimits.doorMax).optional(),
  note: TypedText(0, messagingLimits.doorNoteMax).optional(),
});
export type ShareDoor = z.infer<typeof ShareDoor>;

/** A door as its owner gave it, and until when it is shown; null while the favour goes on. */
export const DoorView = z.strictObject({
  owner: z.strictObject({ id: z.uuid(), displayName: z.string() }),
  address: z.string(),
  floor: z.string(),
  door: z.string(),
  note: z.string(),
  until: InstantOut.nullable(),
});
export type DoorView = z.infer<typeof DoorView>;

/** My own door in a conversation: what I gave, to whom, and who may not be shown it yet. */
export const OwnDoor = DoorView.omit({ owner: true }).extend({ seenBy: z.array(z.string()) });
export type OwnDoor = z.infer<typeof OwnDoor>;

/** The body of `POST /api/conversations/:conversationId/meeting`. */
export const ProposeMeeting = z.strictObject({ at: Instant, place: TypedText(0, messagingLimits.placeMax).optional() });
export type ProposeMeeting = z.infer<typeof ProposeMeeting>;

/** The body of `POST /api/conversations/:conversationId/meeting/agree`: the proposal that is agreed to. */
export const AgreeMeeting = z.strictObject({ meetingId: z.uuid() });

/** When the sides meet: proposed by one, agreed by another. */
export const MeetingView = z.strictObject({
  id: z.uuid(),
  at: InstantOut,
  place: z.string(),
  proposedBy: z.strictObject({ id: z.uuid(), displayName: z.string() }),
  mine: z.boolean(),
  agreedAt: InstantOut.nullable(),
});
export type MeetingView = z.infer<typeof MeetingView>;

const Last = z.strictObject({
  text: z.string(),
  quick: QuickAnswer.nullable(),
  photo: z.boolean(),
  mine: z.boolean(),
  authorName: z.string(),
  at: InstantOut,
});

/** A conversation in a list: with whom (and, of somebody without internet, the referent who last acted for them), about what, the last words, what waits, and whether the other side waits for mine. */
export const ConversationView = z.strictObject({
  id: z.uuid(),
  postId: z.uuid(),
  post: z.strictObject({ kind: PostKind, category: Category, title: z.string(), state: PostState }),
  isGroup: z.boolean(),
  with: z.array(
    z.strictObject({
      id: z.uuid(),
      displayName: z.string(),
      residence: z.string().nullable(),
      helpedBy: z.string().nullable(),
    }),
  ),
  side: Side,
  state: z.enum(['open', 'closed']),
  closesAt: InstantOut.nullable(),
  last: Last.nullable(),
  unread: z.int(),
  myTurn: z.boolean(),
});
export type ConversationView = z.infer<typeof ConversationView>;

/** One conversation, with what belongs to its sides alone. */
export const ConversationDetail = ConversationView.extend({
  favours: z.array(z.strictObject({ id: z.uuid(), state: FavourState, iAmSide: z.boolean() })),
  reads: z.array(z.strictObject({ residentId: z.uuid(), displayName: z.string(), upTo: InstantOut })),
  meeting: MeetingView.nullable(),
  myDoor: OwnDoor.nullable(),
  mayShareDoor: z.boolean(),
  doors: z.array(DoorView),
});
export type ConversationDetail = z.infer<typeof ConversationDetail>;
