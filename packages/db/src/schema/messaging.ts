import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts, residents } from './accounts.ts';
import { id, instant } from './columns.ts';
import { quickAnswerEnum } from './enums.ts';
import { favours } from './favours.ts';
import { posts } from './posts.ts';

/** Where the sides of a favour talk, written when one of them first does something there. `id` is the favour's, or the post's when its helpers talk together; who is a side is read from the favours. */
export const conversations = pgTable(
  'conversations',
  {
    id: id(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('conversations_post').on(t.postId)],
);

/** A photo sent in a conversation, re-encoded without metadata; its bytes are a file of `DATA_DIR/photos` named by its id. Personal: the picture, whose `author_id` it is. */
export const photos = pgTable(
  'photos',
  {
    id: id(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    authorId: uuid('author_id')
      .notNull()
      .references(() => residents.id),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    bytes: integer('bytes').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('photos_conversation').on(t.conversationId), index('photos_author').on(t.authorId)],
);

/** What one side wrote: words, a quick answer or a photo. Personal: `text`, `author_id`, and `written_by`, the account of the referent who wrote it in the author's name; `link_held` when its links wait for the other side to choose to see them. */
export const messages = pgTable(
  'messages',
  {
    id: id(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    authorId: uuid('author_id')
      .notNull()
      .references(() => residents.id),
    text: text('text').notNull().default(''),
    quick: quickAnswerEnum('quick'),
    photoId: uuid('photo_id').references(() => photos.id, { onDelete: 'set null' }),
    linkHeld: boolean('link_held').notNull().default(false),
    writtenBy: uuid('written_by').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('messages_conversation').on(t.conversationId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('messages_author').on(t.authorId, t.createdAt.desc().nullsFirst()),
    uniqueIndex('messages_photo').on(t.photoId).where(sql`photo_id is not null`),
  ],
);

/** How far a side has read a conversation: the instant of the last message that was on their screen. Personal: when `resident_id` read. */
export const conversationReads = pgTable(
  'conversation_reads',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id),
    upTo: instant('up_to').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.residentId] }),
    index('conversation_reads_resident').on(t.residentId),
  ],
);

/** The one meeting of a conversation: proposed by one side, agreed by another, reminded of once at `remind_at`. Personal: `place`, `proposed_by`, `agreed_by`. */
export const meetings = pgTable(
  'meetings',
  {
    conversationId: uuid('conversation_id')
      .primaryKey()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    id: uuid('id').notNull(),
    at: instant('at').notNull(),
    place: text('place').notNull().default(''),
    proposedBy: uuid('proposed_by')
      .notNull()
      .references(() => residents.id),
    proposedAt: instant('proposed_at').notNull(),
    agreedBy: uuid('agreed_by').references(() => residents.id),
    agreedAt: instant('agreed_at'),
    remindAt: instant('remind_at'),
    remindedAt: instant('reminded_at'),
  },
  (t) => [
    uniqueIndex('meetings_id').on(t.id),
    index('meetings_due').on(t.remindAt).where(sql`reminded_at is null and remind_at is not null`),
  ],
);

/** A door that its owner shows the other side of one favour, with the residence's address as it was then. Personal, every column: kept apart, gone 24 h after the favour was done, at once when it ended otherwise. */
export const sharedDoors = pgTable(
  'shared_doors',
  {
    favourId: uuid('favour_id')
      .notNull()
      .references(() => favours.id, { onDelete: 'cascade' }),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => residents.id),
    address: text('address').notNull(),
    floor: text('floor').notNull().default(''),
    door: text('door').notNull().default(''),
    note: text('note').notNull().default(''),
    sharedAt: instant('shared_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.favourId, t.ownerId] }), index('shared_doors_owner').on(t.ownerId)],
);
