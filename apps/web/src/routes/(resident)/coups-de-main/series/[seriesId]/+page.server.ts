import { timeZoneOfCommune } from '@palier/domain/places';
import { EditSeries, EndSeries, type SeriesView, SkipDate, StandIn } from '@palier/domain/posts';
import { m } from '@palier/messages';
import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { type ReadForm, readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import { fieldsOf, instantAt, windowOf } from '#lib/posts/windows.ts';
import type { Actions, PageServerLoad } from './$types';

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
type Event = RequestEvent<{ seriesId: string }>;

export const load: PageServerLoad = async ({ params, url, fetch, parent, depends }) => {
  depends('palier:favours');
  const { resident } = await parent();
  if (!isId.test(params.seriesId)) error(404, sentenceOf('resource.absent'));
  const { body, seq } = await forPage(
    url,
    apiFor(fetch).read<{ series: SeriesView }>(`/api/series/${params.seriesId}`),
  );
  const timeZone = timeZoneOfCommune(resident.residence.commune);
  return { series: body.series, seq, timeZone, today: fieldsOf(new Date(), timeZone).day };
};

/** One gesture on the series, sent as it was read; the page comes back with what became of it. */
const gesture =
  (path: string, schema: typeof SkipDate | typeof EndSeries | typeof StandIn, read: (form: ReadForm) => object) =>
  async ({ request, params, fetch }: Event) => {
    const form = await readForm(request);
    const input = schema.safeParse(read(form));
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(`/api/series/${params.seriesId}/${path}`, input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/coups-de-main/series/${params.seriesId}`);
  };

const dateOf = (form: ReadForm) => ({ from: form.text('from') });
const personOf = (form: ReadForm) => (form.text('person') ? { person: form.text('person') } : {});

export const actions: Actions = {
  skip: gesture('skip', SkipDate, dateOf),
  keep: gesture('keep', SkipDate, dateOf),
  end: gesture('end', EndSeries, (form) => ({ reason: form.text('reason') })),
  stand: gesture('standing', StandIn, personOf),
  stop: gesture('standing/stop', StandIn, personOf),

  edit: async ({ request, params, fetch, locals }) => {
    const form = await readForm(request);
    const timeZone = timeZoneOfCommune(locals.me?.resident?.residence.commune ?? '');
    const at = { day: form.text('day'), from: form.text('from'), to: form.text('to') };
    const window = at.day ? windowOf('date', at, new Date(), timeZone) : null;
    const until = form.text('until') && instantAt(form.text('until'), '23:59', timeZone)?.toISOString();
    const title = form.text('title').replaceAll(/\s+/g, ' ').trim();
    const input = EditSeries.safeParse({
      ...(title && { title }),
      ...(form.isOn('emergencySeen') && { emergencySeen: true }),
      ...(window && { window }),
      ...(form.text('every') && { every: form.text('every') }),
      ...(until && { until }),
      ...(form.text('helpersNeeded') && { helpersNeeded: Number(form.text('helpersNeeded')) }),
    });
    if (!input.success) {
      const refusal = refuseInput(form, input.error.issues);
      refusal.data.message = refusal.data.errors['title'] ? m.posts_sentence_short() : m.posts_when_wrong();
      return refusal;
    }
    try {
      await apiFor(fetch).patch(`/api/series/${params.seriesId}`, input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/coups-de-main/series/${params.seriesId}`);
  },
};
