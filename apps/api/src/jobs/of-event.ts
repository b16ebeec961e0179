import { isEdit } from '@palier/domain/live';
import { tellingsOfFavour } from '@palier/domain/notifications';
import { urgentMs } from '@palier/domain/posts';
import { accountMails, addressMails } from '../notifications/index.ts';
import type { NewJob } from './boss.ts';

type TalkEvent = { sideA: string | null; conversationId?: string | null; messageId?: string | null };

const talkTurnOf = ({ conversationId, messageId, sideA }: TalkEvent) => ({
  conversationId: conversationId ?? '',
  by: sideA ?? '',
  messageId: messageId ?? null,
});

/** Turns of a case that somebody is to hear of. */
const toldOfCases: ReadonlySet<string> = new Set(['opened', 'reminded', 'escalated', 'appealed', 'decided']);

/** The jobs that an event of the stream calls for; they carry ids, never a text, an address or a secret. */
export const jobsOfEvent = (
  event: TalkEvent & {
    kind: string;
    change: string;
    postId?: string | null;
    caseId?: string | null;
    favourId?: string | null;
    notificationId?: string | null;
  },
): NewJob[] => {
  const { kind, change, postId, favourId, notificationId, caseId } = event;
  if (kind === 'notification' && notificationId) return [{ queue: 'push.send', data: { notificationId } }];
  if (kind === 'post' && postId && (change === 'opened' || isEdit(change)))
    return [{ queue: 'match.post', data: { postId } }];
  if (kind === 'post' && postId && (change === 'closed' || change === 'done'))
    return [{ queue: 'match.end', data: { postId } }];
  if (kind === 'favour' && favourId)
    return tellingsOfFavour(change).length > 0 ? [{ queue: 'favours.tell', data: { favourId, change } }] : [];
  if (kind === 'conversation')
    return change === 'message' || change === 'meeting' ? [{ queue: 'talks.tell', data: talkTurnOf(event) }] : [];
  if (kind === 'case')
    return caseId && toldOfCases.has(change) ? [{ queue: 'case.tell', data: { caseId, change } }] : [];
  if (kind === 'watch') return change === 'pace' ? [{ queue: 'rounds.tick', data: {} }] : [];
  if (kind === 'audit' && change === 'post.fill' && postId) return [{ queue: 'match.end', data: { postId } }];
  if (kind === 'audit' && change === 'post.urgent')
    return [{ queue: 'posts.calm', data: {}, startAfterSeconds: urgentMs / 1000 }];
  if (change === 'demo.load') return [{ queue: 'match.unplanned', data: {} }];
  if (event.sideA === null) return [];
  if (event.change === 'mail.confirm' || event.change === 'mail.reset')
    return [{ queue: event.change, data: { accountId: event.sideA } }];
  if (event.change === 'copy.ask') return [{ queue: 'mail.copy', data: { copyId: event.sideA } }];
  if (event.change === 'account.leave') return [{ queue: 'accounts.leave', data: { accountId: event.sideA } }];
  const side = addressMails.find((one) => event.change === `mail.address.${one}`);
  if (side) return [{ queue: 'mail.address', data: { accountId: event.sideA, about: side } }];
  const about = accountMails.find((one) => event.change === `mail.${one}`);
  return about ? [{ queue: 'mail.account', data: { accountId: event.sideA, about } }] : [];
};
