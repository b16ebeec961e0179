import fp from 'fastify-plugin';
import { residentsOnly, visitors } from '../plugins/scopes.ts';
import { agreeMeetingRoute, meetingCalendarRoute } from './agree-meeting.ts';
import { listConversationsRoute } from './list-conversations.ts';
import { listMessagesRoute } from './list-messages.ts';
import { cancelMeetingRoute, proposeMeetingRoute } from './propose-meeting.ts';
import { readConversationRoute } from './read-conversation.ts';
import { readExportedPhotoRoute } from './read-exported-photo.ts';
import { readMessagesRoute } from './read-messages.ts';
import { readPhotoRoute } from './read-photo.ts';
import { sayTypingRoute } from './say-typing.ts';
import { sendMessageRoute } from './send-message.ts';
import { sendPhotoRoute } from './send-photo.ts';
import { shareDoorRoute, takeDoorBackRoute } from './share-door.ts';

export { listTalks, type Talk } from './conversation.queries.ts';
export { purgeDoors } from './doors.queries.ts';
export { unreadMessagesOf } from './list.queries.ts';
export { photoAddress } from './read-exported-photo.ts';
export { listSeersOf, sidesOf } from './standing.ts';
export { sweepPhotos } from './sweep-photos.ts';
export { remindOfMeetings, TalkTurn, tellOfTalk } from './tell-of-talk.ts';

export const messagingRoutes = fp(async (app) => {
  await app.register(visitors(readExportedPhotoRoute));
  await app.register(
    residentsOnly(
      listConversationsRoute,
      readConversationRoute,
      listMessagesRoute,
      sendMessageRoute,
      readMessagesRoute,
      sayTypingRoute,
      sendPhotoRoute,
      readPhotoRoute,
      proposeMeetingRoute,
      agreeMeetingRoute,
      cancelMeetingRoute,
      meetingCalendarRoute,
      shareDoorRoute,
      takeDoorBackRoute,
    ),
  );
});
