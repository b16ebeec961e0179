import {
  type ActingSession,
  type HallScreen,
  type OfflineResident,
  OpenActing,
  WelcomeOffline,
} from '@palier/domain/offline';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { ResidenceDesk, ResidenceLine } from '@palier/domain/residences';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { actingCookie, rememberActing } from '#lib/offline/acting.server.ts';
import type { Actions, PageServerLoad } from './$types';

const here = '/bureau/sans-internet';
const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const load: PageServerLoad = async ({ url, fetch }) => {
  const api = apiFor(fetch);
  const { items: homes } = await forPage(url, api.getAll<{ items: ResidenceLine[] }>('/api/residences'));
  const chosen = homes.find(({ id }) => id === url.searchParams.get('residence')) ?? homes[0] ?? null;
  const under = `/api/residences/${chosen?.id}`;
  const [neighbours, screens, desk] = chosen
    ? await forPage(
        url,
        Promise.all([
          api.getAll<{ items: OfflineResident[] }>(`${under}/offline-residents`),
          api.getAll<{ items: HallScreen[] }>(`${under}/hall-screens`),
          api.get<ResidenceDesk>(under),
        ]),
      )
    : [null, null, null];
  const campaign = url.searchParams.get('campagne') ?? '';
  return {
    /** The campaign whose tasks are to be opened for a neighbour, when one came from its card. */
    campaign: isId.test(campaign) ? campaign : null,
    homes: homes.map(({ id, name }) => ({ id, name })),
    home: chosen && { id: chosen.id, name: chosen.name, timeZone: timeZoneOfCommune(chosen.commune) },
    stairs: desk?.stairs ?? [],
    neighbours: neighbours?.items ?? [],
    screens: screens?.items ?? [],
    isUnwatched: url.searchParams.has('retire'),
    isForgotten: url.searchParams.has('efface'),
    isOver: url.searchParams.has('fini'),
    isBusy: url.searchParams.has('occupe'),
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  add: async ({ request, fetch }) => {
    const form = await readForm(request);
    const floor = form.text('floor').trim();
    const input = WelcomeOffline.safeParse({
      displayName: form.text('displayName'),
      consent: form.text('consent'),
      adult: form.isOn('adult') || undefined,
      ...(form.optional('stairId') && { stairId: form.text('stairId') }),
      ...(floor && { floor: Number(floor) }),
    });
    if (!input.success) return refuseInput(form, input.error.issues);
    const residence = form.text('residence');
    try {
      await apiFor(fetch).post(
        `/api/residences/${encodeURIComponent(residence)}/offline-residents`,
        input.data,
        form.idempotencyKey,
      );
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?residence=${encodeURIComponent(residence)}`);
  },

  act: async ({ request, fetch, cookies, url }) => {
    const form = await readForm(request);
    const input = OpenActing.safeParse({ consent: form.text('consent') });
    if (!input.success) return refuseInput(form, input.error.issues);
    const path = `/api/offline-residents/${encodeURIComponent(form.text('residentId'))}/acting-sessions`;
    try {
      const { session } = await apiFor(fetch).post<{ session: ActingSession }>(path, input.data);
      rememberActing({ cookies, url }, session.id);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    const campaign = form.text('campaign');
    redirect(303, isId.test(campaign) ? `/campagnes/${campaign}` : '/demander');
  },

  /** One gesture on the telephone: acts for the neighbour for that one call, and no longer. */
  unwatch: async ({ request, fetch }) => {
    const form = await readForm(request);
    const path = `/api/offline-residents/${encodeURIComponent(form.text('residentId'))}/acting-sessions`;
    try {
      const { session } = await apiFor(fetch).post<{ session: ActingSession }>(path, { consent: 'spoken' });
      await apiFor(fetch, session.id)
        .post('/api/watch/me/withdraw')
        .finally(() => apiFor(fetch).post(`/api/acting-sessions/${session.id}/close`));
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?residence=${encodeURIComponent(form.text('residence'))}&retire`);
  },

  forget: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      if (form.isOn('asked'))
        await apiFor(fetch).delete(`/api/offline-residents/${encodeURIComponent(form.text('residentId'))}`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(
      303,
      `${here}?residence=${encodeURIComponent(form.text('residence'))}${form.isOn('asked') ? '&efface' : ''}`,
    );
  },

  stop: async ({ fetch, cookies }) => {
    const id = cookies.get(actingCookie);
    // Closed already, or over: the browser forgets it all the same.
    if (id)
      await apiFor(fetch)
        .post(`/api/acting-sessions/${encodeURIComponent(id)}/close`)
        .catch(() => null);
    cookies.delete(actingCookie, { path: '/' });
    redirect(303, here);
  },

  openScreen: async ({ request, fetch, locals }) => {
    const form = await readForm(request);
    locals.mayCompress = false;
    try {
      const path = `/api/residences/${encodeURIComponent(form.text('residence'))}/hall-screens`;
      return { address: (await apiFor(fetch).post<{ url: string }>(path)).url };
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
  },

  closeScreen: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).delete(`/api/hall-screens/${encodeURIComponent(form.text('screenId'))}`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?residence=${encodeURIComponent(form.text('residence'))}`);
  },
};
