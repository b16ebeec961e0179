import { CreateResident } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { inWords } from '#lib/accounts/in-words.server.ts';
import { readInvitation } from '#lib/accounts/invitation.server.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, locals, url }) => {
  locals.mayCompress = false; // the page repeats the code beside what is typed
  const code = (url.searchParams.get('code') ?? '').slice(0, 64);
  return { code, idempotencyKey: crypto.randomUUID(), ...(await readInvitation(fetch, code)) };
};

const words = () => ({
  fields: {
    displayName: m.accounts_wrong_name(),
    email: m.accounts_wrong_email(),
    password: m.accounts_wrong_password(),
    adult: m.accounts_wrong_adult(),
    floor: m.accounts_wrong_floor(),
  },
  codes: {
    'email.taken': 'email',
    'password.common': 'password',
    'stair.foreign': 'stairId',
    'invitation.absent': 'code',
  },
});

export const actions: Actions = {
  default: async ({ request, fetch, locals }) => {
    const form = await readForm(request);
    const floor = form.optional('floor');
    const charter = form.optional('charterVersion');
    const input = CreateResident.safeParse({
      code: form.text('code'),
      displayName: form.text('displayName'),
      email: form.text('email'),
      password: form.text('password'),
      adult: form.isOn('adult'),
      locale: locals.locale,
      stairId: form.optional('stairId'),
      floor: floor === undefined ? undefined : Number(floor),
      charterVersion: charter === undefined ? undefined : Number(charter),
    });
    if (!input.success) return inWords(refuseInput(form, input.error.issues), words());
    try {
      await apiFor(fetch).post('/api/residents', input.data, form.idempotencyKey);
    } catch (problem) {
      return inWords(refuseAnswer(form, problem), words());
    }
    redirect(303, '/autour?bienvenue=1');
  },
};
