import { z } from 'zod';

/**
 * What someone is told of. Of a post: `ask`, a request near them that they fit; `interest`, a post that an interest of theirs fits; `still-needed`, their own post that still
 * looks for somebody halfway to its end; `expired`, their own post that ended by itself, or looks for nobody else; `series`, somebody wishes to come, or that they come, at each date. Of a favour: `answered`, someone said yes to their post, or whoever stood by for it was promoted; `outcome`,
 * what became of a favour of theirs; `reminder`, one that comes soon. Of a conversation: `message`, and `meeting`, an hour proposed, agreed or near. Of a case: `decision`, a ruling on what
 * they wrote or on their appeal; `case`, something waits for them to examine. `act`, something was done in their name, or they are kept in copy; `account`, their address or sessions;
 * `watch`, something of the watch waits for them; `town`, their town hall wrote to everyone of a zone.
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
  'town',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;
