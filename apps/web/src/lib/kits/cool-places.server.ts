import type { CoolPlace } from '@palier/domain/kits';
import type { apiFor } from '#lib/api/api-for.ts';
import { type CoolMap, coolMapOf } from './cool-map.server.ts';

type Api = ReturnType<typeof apiFor>;
type Town = { insee: string; name: string; department: string };
export type CoolPlaces = { commune: string; items: CoolPlace[] };
/** What the heatwave kit says of cool places: those of a commune, or which communes a name may mean. */
export type CoolAnswer = {
  q: string;
  found: CoolPlaces | null;
  map: CoolMap | null;
  towns: Town[];
  isUnknown: boolean;
};

const readPlaces = (api: Api, insee: string): Promise<CoolPlaces | null> =>
  api.getAll<CoolPlaces>(`/api/communes/${encodeURIComponent(insee)}/cool-places`).catch(() => null);

/** The cool places of a commune, and their map. */
const foundIn = async (api: Api, q: string, insee: string): Promise<CoolAnswer> => {
  const found = await readPlaces(api, insee);
  return { q, found, map: found && coolMapOf(insee, found.items), towns: [], isUnknown: found === null };
};

/** The cool places of `?commune=`, else of the only commune that `?q=` names, else of the reader's own. */
export const coolPlacesFor = async (api: Api, url: URL, own: string | null): Promise<CoolAnswer> => {
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const chosen = url.searchParams.get('commune') ?? (q === '' ? own : null);
  if (chosen) return foundIn(api, q, chosen);
  if (q === '') return { q, found: null, map: null, towns: [], isUnknown: false };
  const { items } = await api.get<{ items: Town[] }>('/api/communes', { q }).catch(() => ({ items: [] }));
  const exact = items.filter(({ name }) => name.toLowerCase() === q.toLowerCase());
  const [only, ...others] = exact.length > 0 ? exact : items;
  if (only && others.length === 0) return foundIn(api, q, only.insee);
  return { q, found: null, map: null, towns: (exact.length > 0 ? exact : items).slice(0, 8), isUnknown: !only };
};
