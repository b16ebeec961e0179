import { FactorCode, type FactorSecret, type FactorView, WithPassword } from '@palier/domain/accounts';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { homeOf } from '#lib/desk/has-desk.ts';
import { safeBack } from '#lib/server/back.ts';
import type { Actions, PageServerLoad } from './$types';

const path = '/api/me/second-factor';

export const load: PageServerLoad = async ({ fetch, url, locals }) => {
  locals.mayCompress = false; // the page may hold a secret that is shown once
  const factor = await forPage(url, apiFor(fetch).get<FactorView>(path));
  return {
    factor,
    back: safeBack(url.searchParams.get('back') ?? '', url.origin, ''),
    isRemoved: url.searchParams.has('retire'),
  };
};

export const actions: Actions = {
  installer: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = WithPassword.safeParse({ password: form.text('password') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      return { step: 'scan' as const, secret: await apiFor(fetch).post<FactorSecret>(path, input.data) };
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
  },
  confirmer: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = FactorCode.safeParse({ code: form.text('code') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      const { recoveryCodes } = await apiFor(fetch).post<{ recoveryCodes: string[] }>(`${path}/confirm`, input.data);
      return { step: 'codes' as const, recoveryCodes };
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
  },
  donner: async ({ request, fetch, url, locals }) => {
    const form = await readForm(request);
    const input = FactorCode.safeParse({ code: form.text('code') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(`${path}/check`, input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, safeBack(url.searchParams.get('back') ?? '', url.origin, homeOf(locals.me)));
  },
  retirer: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).delete(path, { password: form.text('password') || ' ' });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/compte/second-facteur?retire=1');
  },
};
