import type { NotificationView } from '@palier/domain/notifications';
import { timeZoneOfCommune } from '@palier/domain/places';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import { onceTold } from '#lib/notifications/once-told.ts';
import type { Actions, PageServerLoad } from './$types';

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A path of this installation, and of no other place. */
const isOwnPath = /^\/[a-z][a-z0-9/-]*$/;
type Notices = { items: NotificationView[]; next: string | null; unread: number };

export const load: PageServerLoad = async ({ fetch, url, locals, parent }) => {
  if (locals.acting) redirect(303, '/bureau/sans-internet?occupe');
  const { me } = await parent();
  if (me.account.eraseAt) redirect(303, '/depart');
  const cursor = url.searchParams.get('suite');
  const { body, seq } = await forPage(url, apiFor(fetch).read<Notices>('/api/notifications', { cursor }));
  return {
    notices: onceTold(body.items),
    next: body.next,
    unread: body.unread,
    isOlder: cursor !== null,
    seq,
    timeZone: timeZoneOfCommune(me.resident?.residence.commune ?? ''),
  };
};

export const actions: Actions = {
  /** Marks one read, with those that said the same, and leads to what it speaks of. */
  open: async ({ request, fetch }) => {
    const form = await readForm(request);
    const ids = form.list('id').filter((id) => isId.test(id));
    const href = form.text('href');
    if (ids.length > 0)
      await apiFor(fetch)
        .post('/api/notifications/read', { ids })
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
