import type { FavourView } from '@palier/domain/favours';

/** The three lists of « Coups de main », by the word in their address. */
export const favourViews = ['donnes', 'recus', 'en-attente'] as const;
export type FavoursView = (typeof favourViews)[number];

/** In which list a favour belongs: a back-up waits, the others are given or received. */
export const viewOf = ({ state, side }: Pick<FavourView, 'state' | 'side'>): FavoursView =>
  state === 'standby' ? 'en-attente' : side === 'helper' ? 'donnes' : 'recus';

/** The list asked for, else the one where something is to come (received first), else what waits. */
export const chooseView = (asked: string | null, live: readonly Pick<FavourView, 'state' | 'side'>[]): FavoursView => {
  const known = favourViews.find((view) => view === asked);
  if (known) return known;
  const busy = new Set(live.map(viewOf));
  return busy.has('recus') ? 'recus' : busy.has('donnes') ? 'donnes' : 'en-attente';
};
