import { type ConversationDetail, type MessageView, SendMessage, ShareDoor } from '@palier/domain/messaging';
import { instantOf, timeZoneOfCommune } from '@palier/domain/places';
import { m } from '@palier/messages';
import { error, fail, redirect } from '@sveltejs/kit';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { Actions, PageServerLoad } from './$types';

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const photoKinds = new Set(['image/jpeg', 'image/png', 'image/webp']);
const pathOf = (conversationId: string) => `/api/conversations/${encodeURIComponent(conversationId)}`;

/** As it may be kept on a device: whoever lives behind a door can take it back, so none is. */
const withoutDoors = (talk: ConversationDetail): ConversationDetail => ({
  ...talk,
  doors: [],
  myDoor: null,
  mayShareDoor: false,
});

export const load: PageServerLoad = async ({ params, url, fetch, parent, depends, isDataRequest, locals }) => {
  depends('palier:messages');
  if (!isId.test(params.conversationId)) error(404, sentenceOf('resource.absent'));
  const { resident } = await parent();
  const api = apiFor(fetch);
  const path = pathOf(params.conversationId);
  const { body, seq } = await forPage(url, api.read<{ conversation: ConversationDetail }>(path));
  const [cursor, shown] = [url.searchParams.get('suite'), url.searchParams.get('lien')];
  const query = { cursor, shown: shown && isId.test(shown) ? shown : null, limit: 40 };
  const page = await forPage(url, api.get<{ items: MessageView[]; next: string | null }>(`${path}/messages`, query));
  const lastId = cursor ? null : (page.items.find(({ mine }) => !mine)?.id ?? null);
  // Without scripts, a page that is shown is a page that is read; with them, the page says so itself, but not in another's name.
  if (lastId && (!isDataRequest || locals.acting) && !locals.isKept)
    await api.post(`${path}/read`, { messageId: lastId }).catch(() => undefined);
  locals.mayCompress = false;
  return {
    talk: locals.isKept ? withoutDoors(body.conversation) : body.conversation,
    isKept: locals.isKept,
    messages: page.items.toReversed(),
    next: page.next,
    isOlder: cursor !== null,
    lastId,
    seq,
    meId: resident.id,
    timeZone: timeZoneOfCommune(resident.residence.commune),
    key: locals.isKept ? '' : crypto.randomUUID(),
  };
};

/** A day and an hour as a form gives them, on the clocks of the commune; null when they are none. */
const momentOf = (day: string, hour: string, timeZone: string): string | null => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(hour) ?? [];
  if (!year || !hours) return null;
  const wall = {
    year: +year,
    month: Number(month),
    day: Number(date),
    hour: +hours,
    minute: Number(minutes),
    second: 0,
  };
  const at = new Date(instantOf(wall, timeZone));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

type Act = Parameters<NonNullable<Actions[string]>>[0];
type Work = (
  api: ReturnType<typeof apiFor>,
  form: Awaited<ReturnType<typeof readForm>>,
  path: string,
) => Promise<unknown>;

const acting = async ({ request, fetch, params }: Act, work: Work) => {
  const form = await readForm(request);
  try {
    await work(apiFor(fetch), form, pathOf(params.conversationId));
  } catch (problem) {
    return refuseAnswer(form, problem);
  }
  redirect(303, `/messages/${params.conversationId}`);
};

export const actions: Actions = {
  say: async (event) => {
    const form = await readForm(event.request);
    const quick = form.optional('quick');
    const input = SendMessage.safeParse(quick ? { quick } : { text: form.text('text') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(event.fetch).post(
        `${pathOf(event.params.conversationId)}/messages`,
        input.data,
        form.idempotencyKey,
      );
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/messages/${event.params.conversationId}`);
  },
  photo: async ({ request, fetch, params }) => {
    const failed = (code: string, message = sentenceOf(code)) =>
      fail(400, { values: {}, errors: {}, code, message, key: crypto.randomUUID(), details: {} });
    const file = (await request.formData()).get('photo');
    if (!(file instanceof File) || file.size === 0) return failed('request.invalid', m.messaging_photo_missing());
    if (!photoKinds.has(file.type)) return failed('photo.unreadable');
    const answer = await fetch(`${pathOf(params.conversationId)}/photos`, {
      method: 'POST',
      headers: { 'content-type': file.type },
      body: await file.arrayBuffer(),
    });
    if (!answer.ok) {
      const { code = 'internal' } = (await answer.json().catch(() => ({}))) as { code?: string };
      return failed(code);
    }
    redirect(303, `/messages/${params.conversationId}`);
  },
  propose: async ({ request, fetch, params, locals }) => {
    const form = await readForm(request);
    const zone = timeZoneOfCommune(locals.me?.resident?.residence.commune ?? '');
    const at = momentOf(form.text('day'), form.text('hour'), zone);
    const problem = new ApiProblem(422, { code: 'meeting.past' });
    if (!at) return refuseAnswer(form, problem);
    const body = { at, place: form.text('place') };
    try {
      await apiFor(fetch).post(`${pathOf(params.conversationId)}/meeting`, body, form.idempotencyKey);
    } catch (refusal) {
      return refuseAnswer(form, refusal);
    }
    redirect(303, `/messages/${params.conversationId}`);
  },
  agree: (event) =>
    acting(event, (api, form, path) => api.post(`${path}/meeting/agree`, { meetingId: form.text('meetingId') })),
  cancel: (event) => acting(event, (api, _form, path) => api.delete(`${path}/meeting`)),
  door: (event) =>
    acting(event, (api, form, path) => {
      const given = { floor: form.text('floor'), door: form.text('door'), note: form.text('note') };
      return api.post(`${path}/door`, ShareDoor.parse(given));
    }),
  closeDoor: (event) => acting(event, (api, _form, path) => api.delete(`${path}/door`)),
};
