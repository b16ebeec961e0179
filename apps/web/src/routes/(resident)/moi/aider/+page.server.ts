import { EditMe, trustOpens } from '@palier/domain/accounts';
import { Category, isSensitive } from '@palier/domain/posts';
import { redirect } from '@sveltejs/kit';
import { radiusStep } from '#lib/accounts/skills.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent }) => {
  const { resident } = await parent();
  const isOpen = trustOpens[resident.trust].helpWhereTrustIsNeeded;
  return {
    radius: radiusStep(resident.radiusM),
    /** What this resident may not do yet. */
    later: isOpen ? [] : Category.options.filter(isSensitive),
  };
};

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = EditMe.safeParse({
      skills: form.list('skills'),
      availability: form.list('availability'),
      radiusM: Number(form.text('radiusM')),
    });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).patch('/api/me', input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/moi?note=aider');
  },
};
