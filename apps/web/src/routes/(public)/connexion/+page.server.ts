import { type Me, SignIn } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { inWords } from '#lib/accounts/in-words.server.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { homeOf } from '#lib/desk/has-desk.ts';
import { safeBack } from '#lib/server/back.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const back = safeBack(url.searchParams.get('back') ?? '', url.origin, '');
  if (locals.me) redirect(303, back || homeOf(locals.me));
  const notes = { renouvele: 'renewed', quitte: 'left', parti: 'out' } as const;
  const note = (['renouvele', 'quitte', 'parti'] as const).find((name) => url.searchParams.has(name));
  const said = note ? notes[note] : null;
  return { back, said };
};

export const actions: Actions = {
  default: async ({ request, fetch, url }) => {
    const form = await readForm(request);
    const words = { fields: { email: m.accounts_wrong_email() } };
    const input = SignIn.safeParse({ email: form.text('email'), password: form.text('password') });
    if (!input.success) return inWords(refuseInput(form, input.error.issues), words);
    const api = apiFor(fetch);
    let home: string;
    try {
      await api.post('/api/session', input.data);
      home = homeOf(await api.get<Me>('/api/me'));
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, safeBack(form.text('back'), url.origin, home));
  },
};
