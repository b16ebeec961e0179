import type { OutboxKind } from '@palier/domain/live';

/** One row of the stream: its place in it, what happened, and the ids of what and whom it concerns. */
export type StampedEvent = {
  seq: number;
  kind: OutboxKind;
  change: string;
  postId: string | null;
  favourId: string | null;
  notificationId: string | null;
  conversationId: string | null;
  messageId: string | null;
  caseId: string | null;
  cell: string | null;
  residenceId: string | null;
  commune: string | null;
  sideA: string | null;
  sideB: string | null;
};
