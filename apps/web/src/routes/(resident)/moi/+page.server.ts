import { DisplayName, trustOpens } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import { findCommune } from '@palier/places-data';
import { redirect } from '@sveltejs/kit';
import { inWords } from '#lib/accounts/in-words.server.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, url }) => {
  const { resident } = await parent();
  const notes: Readonly<Record<string, () => string>> = {
    aider: m.accounts_me_help_saved,
    nom: () => m.accounts_me_name_saved({ name: resident.displayName }),
  };
  const said = notes[url.searchParams.get('note') ?? '']?.() ?? null;
  return { opens: trustOpens[resident.trust], communeName: findCommune(resident.residence.commune)?.name ?? '', said };
};

export const actions: Actions = {
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
