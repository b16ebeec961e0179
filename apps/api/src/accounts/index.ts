import fp from 'fastify-plugin';
import { signedInOnly, visitors } from '../plugins/scopes.ts';
import { askResetRoute } from './ask-reset.ts';
import { choosePasswordRoute } from './choose-password.ts';
import { confirmEmailRoute } from './confirm-email.ts';
import { editMeRoute } from './edit-me.ts';
import { enterResidenceRoute } from './enter-residence.ts';
import { readMeRoute } from './read-me.ts';
import { resendConfirmationRoute } from './resend-confirmation.ts';
import { readInvitationRoute } from './resolve-invitation.ts';
import { signInRoute } from './sign-in.ts';
import { signOutRoute } from './sign-out.ts';

export { type Hashing, openHashing } from './hashing.ts';
export { insertInvitation } from './invitations.queries.ts';
export { openSessions } from './sessions.ts';

export const accountsRoutes = fp(async (app) => {
  await app.register(
    visitors(
      readInvitationRoute,
      enterResidenceRoute,
      signInRoute,
      signOutRoute,
      confirmEmailRoute,
      askResetRoute,
      choosePasswordRoute,
    ),
  );
  await app.register(signedInOnly(readMeRoute, editMeRoute, resendConfirmationRoute));
});
