import fp from 'fastify-plugin';
import { signedInOnly, visitors } from '../plugins/scopes.ts';
import { confirmCopyRoute } from './confirm-copy.ts';
import { listNotificationsRoute } from './list-notifications.ts';
import { openMailLinkRoute } from './open-mail-link.ts';
import { readNotificationsRoute } from './read-notifications.ts';
import { readPushRoute } from './read-push.ts';
import { stopMailRoute } from './stop-mail.ts';
import { subscribePushRoute } from './subscribe-push.ts';
import { unsubscribePushRoute } from './unsubscribe-push.ts';

export { keepChoices } from './choices.queries.ts';
export { deliverDuePushes, deliverPush } from './deliver-push.ts';
export { failAddress } from './fail-address.ts';
export { readTalkNotices } from './list.queries.ts';
export { accountOfMessage, openMailLink, sealMailLink } from './mail-identity.ts';
export { deriveMailToken, hashMailToken } from './mail-tokens.ts';
export { type Mailer, openMailer } from './mailer.ts';
export { type Notice, notify, writeNotices } from './notify.ts';
export { openPushSender, type PushSender } from './push-sender.ts';
export { accountMails, sendAccountMail } from './send-account-mail.ts';
export { sendConfirmation } from './send-confirmation.ts';
export { sendDigests } from './send-digests.ts';
export { addressMails, sendEmailChange } from './send-email-change.ts';
export { sendReset } from './send-reset.ts';
export { FavourTurn, tellOfFavour } from './tell-of-favour.ts';
export { askToTell, tellRelatives } from './tell-relatives.ts';

export const notificationsRoutes = fp(async (app) => {
  await app.register(visitors(openMailLinkRoute, stopMailRoute, confirmCopyRoute));
  await app.register(
    signedInOnly(
      listNotificationsRoute,
      readNotificationsRoute,
      readPushRoute,
      subscribePushRoute,
      unsubscribePushRoute,
    ),
  );
});
