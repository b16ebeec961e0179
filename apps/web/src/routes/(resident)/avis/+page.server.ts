import type { NotificationView } from '@palier/domain/notifications';
import { timeZoneOfCommune } from '@palier/domain/places';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A path of this installation, and of no other place. */
const isOwnPath = /^\/[a-z][a-z0-9/-]*$/;
type Notices = { items: NotificationView[]; next: string | null; unread: number };

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { resident } = await parent();
  const cursor = url.searchParams.get('suite');
  const { body, seq } = await forPage(url, apiFor(fetch).read<Notices>('/api/notifications', { cursor }));
  return {
    notices: body.items,
    next: body.next,
    unread: body.unread,
    isOlder: cursor !== null,
    seq,
    timeZone: timeZoneOfCommune(resident.residence.commune),
  };
};

export const actions: Actions = {
  /** Marks one read and leads to what it speaks of. */
  open: async ({ request, fetch }) => {
    const form = await readForm(request);
    const [id, href] = [form.text('id'), form.text('href')];
    if (isId.test(id))
      await apiFor(fetch)
        .post('/api/notifications/read', { ids: [id] })
        .catch(() => undefined);
    redirect(303, isOwnPath.test(href) ? href : '/avis');
  },
  all: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post('/api/notifications/read', { all: true });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/avis');
  },
};
