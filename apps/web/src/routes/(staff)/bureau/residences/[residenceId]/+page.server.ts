import type { CampaignAtHome } from '@palier/domain/kits';
import {
  ApproveResident,
  charterLimits,
  DoubtResident,
  EditResidence,
  type NeighbourLine,
  type ResidenceDesk,
  WriteCharter,
  WriteNotice,
} from '@palier/domain/residences';
import { NameReferent } from '@palier/domain/territories';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { type ReadForm, readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { openTask } from '#lib/kits/open-task.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

type People = { items: NeighbourLine[]; next: string | null };

export const load: PageServerLoad = async ({ fetch, params, url, parent }) => {
  const { me } = await parent();
  const api = apiFor(fetch);
  const at = `/api/residences/${encodeURIComponent(params.residenceId)}`;
  const [desk, people, campaigns] = await Promise.all([
    forPage(url, api.get<ResidenceDesk>(at)),
    forPage(url, api.get<People>(`${at}/residents`, { cursor: url.searchParams.get('suite'), limit: 50 })),
    forPage(url, api.getAll<{ items: CampaignAtHome[] }>(`${at}/campaigns`)),
  ]);
  const notes: Readonly<Record<string, () => string>> = {
    connu: () => m.residences_approved({ name: url.searchParams.get('nom')?.slice(0, 60) ?? '' }),
    doute: m.residences_doubted,
    charte: m.residences_charter_saved,
    referent: m.residences_referents_named,
    note: m.residences_saved,
    ronde: m.rounds_opened,
    veille: m.residences_watch_off_done,
  };
  return {
    ...desk,
    charterTextMax: charterLimits.textMax,
    people: people.items,
    next: people.next,
    campaigns: campaigns.items,
    livesHere: me.resident?.residence.id === params.residenceId,
    key: crypto.randomUUID(),
    said: notes[url.searchParams.get('dit') ?? '']?.() ?? null,
  };
};

type Send = (api: ReturnType<typeof apiFor>, id: string, form: ReadForm) => Promise<unknown>;

/** One gesture on the residence, from its form: what it sends, and what the page then says. */
const gesture =
  (send: Send, said: string, anchor = '') =>
  async ({ request, fetch, params }: RequestEvent) => {
    const form = await readForm(request);
    try {
      await send(apiFor(fetch), encodeURIComponent(params.residenceId), form);
    } catch (problem) {
      if (problem instanceof InputRefused) return refuseInput(form, problem.issues);
      return refuseAnswer(form, problem);
    }
    const name = said === 'connu' ? `&nom=${encodeURIComponent(form.text('name'))}` : '';
    redirect(303, `/bureau/residences/${encodeURIComponent(params.residenceId)}?dit=${said}${name}${anchor}`);
  };

type Issues = Parameters<typeof refuseInput>[1];
type Shape<T> = {
  safeParse: (input: unknown) => { success: true; data: T } | { success: false; error: { issues: Issues } };
};

class InputRefused extends Error {
  readonly issues: Issues;
  constructor(issues: Issues) {
    super('refused');
    this.issues = issues;
  }
}
const read = <T>(shape: Shape<T>, input: object): T => {
  const parsed = shape.safeParse(input);
  if (!parsed.success) throw new InputRefused(parsed.error.issues);
  return parsed.data;
};

export const actions: Actions = {
  task: openTask,
  round: gesture((api, residenceId, form) => {
    const path = `/api/campaigns/${encodeURIComponent(form.text('campaignId'))}/rounds`;
    return api.post(path, { residenceId }, form.idempotencyKey);
  }, 'ronde'),
  approve: gesture((api, id, form) => {
    const body = read(ApproveResident, { residentId: form.text('residentId') });
    return api.post(`/api/residences/${id}/residents`, body);
  }, 'connu'),
  doubt: gesture((api, _id, form) => {
    const { residentId } = read(ApproveResident, { residentId: form.text('residentId') });
    return api.post(`/api/residents/${residentId}/doubt`, read(DoubtResident, { reason: form.text('reason') }));
  }, 'doute'),
  offWatch: gesture((api, _id, form) => {
    const { residentId } = read(ApproveResident, { residentId: form.text('residentId') });
    return api.post(`/api/residents/${residentId}/watch-withdrawal`);
  }, 'veille'),
  notice: gesture(
    (api, id, form) => {
      const body = read(WriteNotice, { text: form.text('text'), days: Number(form.text('days')) });
      return api.post(`/api/residences/${id}/notices`, body);
    },
    'note',
    '#tableau',
  ),
  unpin: gesture(
    (api, _id, form) => api.delete(`/api/notices/${encodeURIComponent(form.text('noticeId'))}`),
    'note',
    '#tableau',
  ),
  mode: gesture(
    (api, id, form) => api.patch(`/api/residences/${id}`, read(EditResidence, { mode: form.text('mode') })),
    'note',
  ),
  charter: gesture((api, id, form) => {
    const body = read(WriteCharter, { text: form.text('text'), reviewOn: form.text('reviewOn') });
    return api.post(`/api/residences/${id}/charters`, body);
  }, 'charte'),
  name: gesture(
    (api, id, form) => api.post(`/api/residences/${id}/referents`, read(NameReferent, { email: form.text('email') })),
    'referent',
  ),
  retire: gesture((api, _id, form) => api.delete(`/api/referents/${encodeURIComponent(form.text('grantId'))}`), 'note'),
};
