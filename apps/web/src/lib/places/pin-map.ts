import { m } from '@palier/messages';
import { Marker } from 'maplibre-gl';
import type { Outlines } from './near-outlines.server.ts';
import { openPlan } from './plan.ts';

interface Placing {
  container: HTMLElement;
  outlines: Outlines;
  /** Where the pin is already, in degrees. */
  at: { lat: number; lon: number } | null;
  /** The installation's own style, if it has one. */
  style: string | null;
  onplace: (at: { lat: number; lon: number }) => void;
}

/** A map of a commune with one pin, put or dragged by hand; resolves what takes it away. Throws where the browser cannot draw. */
export const openPinMap = ({ container, outlines, at, style, onplace }: Placing): (() => void) => {
  const here = outlines.features.find(({ properties }) => properties.isHere)?.properties;
  const from = at ?? here ?? { lat: 46.6, lon: 2.5 };
  const title = m.residences_territory_pin();
  const map = openPlan({ container, title, outlines, center: [from.lon, from.lat], zoom: at ? 15 : 11, style });
  const marker = new Marker({ draggable: true });
  const put = (lat: number, lon: number) => {
    marker.setLngLat([lon, lat]).addTo(map);
    onplace({ lat, lon });
  };
  if (at) marker.setLngLat([at.lon, at.lat]).addTo(map);
  marker.on('dragend', () => put(marker.getLngLat().lat, marker.getLngLat().lng));
  map.on('click', ({ lngLat }) => put(lngLat.lat, lngLat.lng));
  return () => map.remove();
};
