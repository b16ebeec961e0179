import { CreateInvitations, type InvitationLine, type MadeInvitation } from '@palier/domain/accounts';
import type { ResidenceDesk } from '@palier/domain/residences';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url, locals }) => {
  locals.mayCompress = false; // the page shows codes beside what is typed
  const api = apiFor(fetch);
  const at = `/api/residences/${encodeURIComponent(params.residenceId)}`;
  const [{ residence }, codes] = await Promise.all([
    forPage(url, api.get<ResidenceDesk>(at)),
    forPage(url, api.getAll<{ items: InvitationLine[] }>(`${at}/invitations`)),
  ]);
  return { residence, codes: codes.items.filter(({ state }) => state === 'open') };
};

export const actions: Actions = {
  /** Makes the codes and shows them on the page it answers: they are nowhere else. */
  make: async ({ request, fetch, params, locals }) => {
    locals.mayCompress = false;
    const form = await readForm(request);
    const kind = form.text('kind');
    const input = CreateInvitations.safeParse({ kind, count: kind === 'slip' ? 8 : 1 });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      const at = `/api/residences/${encodeURIComponent(params.residenceId)}/invitations`;
      const { invitations } = await apiFor(fetch).post<{ invitations: MadeInvitation[] }>(at, input.data);
      return { made: { kind: input.data.kind, invitations } };
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
  },
  end: async ({ request, fetch, params }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).delete(`/api/codes/${encodeURIComponent(form.text('codeId'))}`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/bureau/residences/${encodeURIComponent(params.residenceId)}/papiers`);
  },
};
