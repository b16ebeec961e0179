import { type CampaignAtHome, KitPart, type KitView, sourcesBehind } from '@palier/domain/kits';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { coolPlacesFor } from '#lib/kits/cool-places.server.ts';
import type { PageServerLoad } from './$types';

type Running = { items: { insee: string; commune: string }[] };
const inseeShape = /^\d[\dAB]\d{3}$/;

export const load: PageServerLoad = async ({ fetch, url, locals, params }) => {
  const { locale, me } = locals;
  const path = `/api/kits/${encodeURIComponent(params.slug)}`;
  const api = apiFor(fetch);
  const kit = await forPage(url, api.get<KitView>(path, { locale }));
  const own = me?.resident?.residence.commune ?? null;
  const asked = url.searchParams.get('commune') ?? '';
  const commune = inseeShape.test(asked) ? asked : own;
  const { items } = await api.getAll<Running>(`${path}/campaigns`).catch(() => ({ items: [] }));
  const isHere = own !== null && items.some(({ insee }) => insee === own);
  const mine = isHere ? await api.getAll<{ items: CampaignAtHome[] }>('/api/campaigns').catch(() => null) : null;
  return {
    // A paper taken from a commune's page counts for its campaign.
    kit: {
      ...kit,
      papers: kit.papers.map((one) => ({ ...one, href: commune ? `${one.href}&commune=${commune}` : one.href })),
    },
    parts: KitPart.options.map((part) => ({
      part,
      lines: kit[part],
      sources: sourcesBehind(part, kit.sources).map(String),
    })),
    locale,
    cool: kit.slug === 'heatwave' ? await coolPlacesFor(api, url, own) : null,
    running: items.map((one) => one.commune),
    campaignId: mine?.items.find((one) => one.kit === kit.slug)?.id ?? null,
  };
};
