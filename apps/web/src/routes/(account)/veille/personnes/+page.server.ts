import { AnnounceReader, RecordSlip, type WatchedList } from '@palier/domain/watch';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { entryOf, spokenLanguages } from '#lib/watch/entry-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

const here = '/veille/personnes';

export const load: PageServerLoad = async ({ fetch, url, depends }) => {
  depends('palier:watched');
  const list = await forPage(url, apiFor(fetch).getAll<WatchedList>('/api/watch/people'));
  const homes = list.residences.flatMap(({ id, name, stairs }) => [
    { value: id, label: name },
    ...stairs.map((stair) => ({ value: `${id} ${stair.id}`, label: `${name}, ${stair.name}` })),
  ]);
  const said = url.searchParams.get('dit');
  return {
    list,
    homes,
    languages: spokenLanguages(),
    said: said === 'note' ? m.veille_announced() : said === 'bulletin' ? m.veille_recorded() : null,
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  announce: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = AnnounceReader.safeParse({ outcome: form.text('outcome') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(`/api/watch/readers/${encodeURIComponent(form.text('id'))}/announcement`, input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?dit=note`);
  },
  record: async ({ request, fetch }) => {
    const form = await readForm(request);
    const [residenceId = '', stairId] = form.text('home').split(' ');
    const input = RecordSlip.safeParse({
      ...entryOf(form),
      residenceId,
      ...(stairId && { stairId }),
      signedOn: form.text('signedOn'),
      signatory: form.text('signatory'),
      ...(form.optional('email') && { email: form.text('email') }),
    });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post('/api/watch/slips', input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?dit=bulletin`);
  },
};
