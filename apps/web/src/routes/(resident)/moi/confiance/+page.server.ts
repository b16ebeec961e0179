import { type MadeInvitation, type MyTrust, trustOpens, type VouchView } from '@palier/domain/accounts';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, locals }) => {
  locals.mayCompress = false; // an invitation's code is shown on this page
  const api = apiFor(fetch);
  const who = url.searchParams.get('voisin');
  const trust = await forPage(url, api.get<MyTrust>('/api/me/trust'));
  const asked =
    who && who !== trust.residentId
      ? await api.get<VouchView>(`/api/residents/${encodeURIComponent(who)}/vouches`).catch(() => null)
      : null;
  return { trust, asked, opens: trustOpens, link: `${url.origin}/moi/confiance?voisin=${trust.residentId}` };
};

export const actions: Actions = {
  vouch: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(`/api/residents/${encodeURIComponent(form.text('residentId'))}/vouches`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { vouched: true };
  },
  invite: async ({ request, fetch, locals }) => {
    locals.mayCompress = false;
    const form = await readForm(request);
    try {
      return await apiFor(fetch).post<{ invitation: MadeInvitation }>('/api/me/invitations');
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
  },
};
