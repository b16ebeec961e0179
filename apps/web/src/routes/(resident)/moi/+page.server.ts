import { DisplayName, trustOpens } from '@palier/domain/accounts';
import type { Interest } from '@palier/domain/matching';
import { m } from '@palier/messages';
import { findCommune } from '@palier/places-data';
import { redirect } from '@sveltejs/kit';
import { inWords } from '#lib/accounts/in-words.server.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** One gesture on an interest of mine, from its button. */
const interestGesture =
  (act: (path: string, api: ReturnType<typeof apiFor>) => Promise<void>) =>
  async ({ request, fetch }: { request: Request; fetch: typeof globalThis.fetch }) => {
    const form = await readForm(request);
    try {
      await act(`/api/interests/${encodeURIComponent(form.text('id'))}`, apiFor(fetch));
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/moi#interets');
  };

export const load: PageServerLoad = async ({ parent, url, fetch }) => {
  const { resident } = await parent();
  const notes: Readonly<Record<string, () => string>> = {
    aider: m.accounts_me_help_saved,
    interet: m.matching_interests_saved,
    prevenir: m.matching_told_saved,
    garde: m.leaving_kept,
    nom: () => m.accounts_me_name_saved({ name: resident.displayName }),
  };
  const said = notes[url.searchParams.get('note') ?? '']?.() ?? null;
  const interests = await forPage(url, apiFor(fetch).getAll<{ items: Interest[] }>('/api/interests'));
  return {
    interests: interests.items,
    opens: trustOpens[resident.trust],
    communeName: findCommune(resident.residence.commune)?.name ?? '',
    said,
  };
};

export const actions: Actions = {
  pause: interestGesture((path, api) => api.patch(path, { paused: true })),
  reprendre: interestGesture((path, api) => api.patch(path, { paused: false })),
  retirer: interestGesture((path, api) => api.delete(path)),
  nom: async ({ request, fetch }) => {
    const form = await readForm(request);
    const name = DisplayName.safeParse(form.text('displayName'));
    if (!name.success) {
      const issues = name.error.issues.map((issue) => ({ ...issue, path: ['displayName'] }));
      return inWords(refuseInput(form, issues), { fields: { displayName: m.accounts_wrong_name() } });
    }
    try {
      await apiFor(fetch).patch('/api/me', { displayName: name.data });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/moi?note=nom'); // who I am was read before the action: a new page reads it again
  },
  renvoyer: async ({ request, fetch, locals }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post('/api/email/confirmation/resend');
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { said: m.accounts_confirm_resent({ email: locals.me?.account.email ?? '' }) };
  },
};
