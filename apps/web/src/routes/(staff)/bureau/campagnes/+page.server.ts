import { type Campaign, type CampaignLine, type KitCard, OpenCampaign } from '@palier/domain/kits';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { TerritoryView } from '@palier/domain/territories';
import { findCommune } from '@palier/places-data';
import { error, redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { Actions, PageServerLoad } from './$types';

type Campaigns = { name: string; items: CampaignLine[] };
const wholePrefix = 'territoire:';
const dayMs = 86_400_000;
const dayIn = (insee: string, days: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: timeZoneOfCommune(insee) }).format(new Date(Date.now() + days * dayMs));

export const load: PageServerLoad = async ({ fetch, url, parent, locals }) => {
  const { me } = await parent();
  const api = apiFor(fetch);
  const isCoordinator = me.roles.some(({ role }) => role === 'coordinator');
  const territories = isCoordinator
    ? (await forPage(url, api.getAll<{ items: TerritoryView[] }>('/api/territories'))).items
    : [];
  const codes = new Set([
    ...me.roles.flatMap((grant) => (grant.role === 'officer' ? [grant.commune] : [])),
    ...territories.flatMap(({ residences }) => residences.map(({ commune }) => commune)),
  ]);
  const communes = [...codes]
    .map((value) => ({ value, label: findCommune(value)?.name ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, 'fr'));
  const asked = url.searchParams.get('commune');
  const chosen = communes.find(({ value }) => value === asked) ?? communes[0] ?? null;
  if (asked !== null && chosen?.value !== asked) error(404, { message: sentenceOf('resource.absent') });
  if (!chosen) return { communes, chosen, campaigns: [], kits: [], wholes: [], days: null, said: null, key: '' };
  const { items } = await forPage(url, api.getAll<Campaigns>(`/api/communes/${chosen.value}/campaigns`));
  const kits = await forPage(url, api.getAll<{ items: KitCard[] }>('/api/kits', { locale: locals.locale }));
  const said = url.searchParams.get('dit');
  return {
    communes,
    chosen,
    campaigns: items,
    kits: kits.items.map(({ slug, title }) => ({ value: slug, label: title })),
    wholes: territories.map(({ id, name }) => ({ value: `${wholePrefix}${id}`, name })),
    days: { first: dayIn(chosen.value, 0), last: dayIn(chosen.value, 14) },
    said: said === 'ouverte' || said === 'terminee' ? said : null,
    key: crypto.randomUUID(),
  };
};

const back = (commune: string, said: string): never =>
  redirect(303, `/bureau/campagnes?commune=${encodeURIComponent(commune)}&dit=${said}`);

export const actions: Actions = {
  open: async ({ request, fetch }) => {
    const form = await readForm(request);
    const [kit, firstDay, lastDay] = ['kit', 'firstDay', 'lastDay'].map(form.text);
    const input = OpenCampaign.safeParse({ kit, firstDay, lastDay });
    if (!input.success) return refuseInput(form, input.error.issues);
    const where = form.text('where') || form.text('commune');
    const place = where.startsWith(wholePrefix)
      ? `territories/${encodeURIComponent(where.slice(wholePrefix.length))}`
      : `communes/${encodeURIComponent(where)}`;
    try {
      await apiFor(fetch).post<{ campaign: Campaign }>(`/api/${place}/campaigns`, input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(form.text('commune'), 'ouverte');
  },
  close: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(`/api/campaigns/${encodeURIComponent(form.text('id'))}/close`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(form.text('commune'), 'terminee');
  },
};
