import { type InvitationView, parseInvitationCode } from '@palier/domain/accounts';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';

type Invitation = ReturnType<typeof InvitationView.parse>;

/** What a typed code opens, or the sentence that says why it opens nothing; neither when no code was typed. */
export const readInvitation = async (
  fetch: typeof globalThis.fetch,
  code: string,
): Promise<{ invitation: Invitation | null; refusal: string | null }> => {
  if (code.trim() === '') return { invitation: null, refusal: null };
  if (!parseInvitationCode(code)) return { invitation: null, refusal: sentenceOf('invitation.absent') };
  try {
    const invitation = await apiFor(fetch).get<Invitation>(`/api/invitations/${encodeURIComponent(code)}`);
    return { invitation, refusal: null };
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) throw problem;
    return { invitation: null, refusal: sentenceOf(problem.code) };
  }
};
