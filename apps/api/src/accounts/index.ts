import fp from 'fastify-plugin';
import { residentsOnly, signedInOnly, visitors } from '../plugins/scopes.ts';
import { askResetRoute } from './ask-reset.ts';
import { choosePasswordRoute } from './choose-password.ts';
import { confirmEmailRoute } from './confirm-email.ts';
import { editMeRoute } from './edit-me.ts';
import { changeEmailRoute } from './email-change/change-email.ts';
import { confirmChangeRoute } from './email-change/confirm-change.ts';
import { undoChangeRoute } from './email-change/undo-change.ts';
import { endOtherSessionsRoute, endSessionRoute } from './end-sessions.ts';
import { enterResidenceRoute } from './enter-residence.ts';
import { beginFactorRoute } from './factor/begin-factor.ts';
import { confirmFactorRoute } from './factor/confirm-factor.ts';
import { giveFactorRoute } from './factor/give-factor.ts';
import { readFactorRoute } from './factor/read-factor.ts';
import { removeFactorRoute } from './factor/remove-factor.ts';
import { inviteNeighbourRoute, listMyInvitationsRoute } from './invite-neighbour.ts';
import { listSessionsRoute } from './list-sessions.ts';
import { moveResidenceRoute } from './move-residence.ts';
import { readMeRoute } from './read-me.ts';
import { readTrustRoute } from './read-trust.ts';
import { resendConfirmationRoute } from './resend-confirmation.ts';
import { readInvitationRoute } from './resolve-invitation.ts';
import { signCharterRoute } from './sign-charter.ts';
import { signInRoute } from './sign-in.ts';
import { signOutRoute } from './sign-out.ts';
import { readVouchRoute, vouchResidentRoute } from './vouch-resident.ts';

export { countAttempt } from './attempts.queries.ts';
export { findCharter, findSigned } from './charter.queries.ts';
export { checkPassword } from './check-password.ts';
export { resetFactor } from './factor/remove-factor.ts';
export { growTrust } from './grow-trust.ts';
export { type Hashing, openHashing } from './hashing.ts';
export {
  claimEnd,
  findInvitation,
  findUsableInvitation,
  insertInvitation,
  listOfResidence,
  listStairs,
} from './invitations.queries.ts';
export { linesOf } from './invite-neighbour.ts';
export { countMoves, listReferentAccounts } from './moves.queries.ts';
export { newInvitationCode } from './new-code.ts';
export { prepareInvitation } from './prepare-invitation.ts';
export { openSessions } from './sessions.ts';
export { findStanding, lockStandings, revokeVouches } from './trust.queries.ts';

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
      confirmChangeRoute,
      undoChangeRoute,
    ),
  );
  await app.register(
    residentsOnly(
      readTrustRoute,
      readVouchRoute,
      vouchResidentRoute,
      listMyInvitationsRoute,
      inviteNeighbourRoute,
      moveResidenceRoute,
      signCharterRoute,
    ),
  );
  await app.register(
    signedInOnly(
      listSessionsRoute,
      endSessionRoute,
      endOtherSessionsRoute,
      readMeRoute,
      editMeRoute,
      resendConfirmationRoute,
      changeEmailRoute,
      readFactorRoute,
      beginFactorRoute,
      confirmFactorRoute,
      giveFactorRoute,
      removeFactorRoute,
    ),
  );
});
