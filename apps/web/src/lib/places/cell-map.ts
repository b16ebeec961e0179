import { m } from '@palier/messages';
import { cellToBoundary, cellToLatLng } from 'h3-js';
import { type GeoJSONSource, type Map as LibreMap, LngLatBounds, Marker } from 'maplibre-gl';
import type { Area } from './areas.ts';
import type { Outlines } from './near-outlines.server.ts';
import { openPlan, writeOn } from './plan.ts';

interface Drawing {
  container: HTMLElement;
  title: string;
  outlines: Outlines;
  /** The reader's own public cell, if they live here. */
  home: string | null;
  /** The cell that is looked at first. */
  from: string;
  /** The installation's own style, if it has one. */
  style: string | null;
  onchoose: (cell: string) => void;
}

const none = { type: 'FeatureCollection' as const, features: [] };
const centreOf = (cell: string): [number, number] => {
  const [lat, lon] = cellToLatLng(cell);
  return [lon, lat];
};
const hexagon = (cell: string, properties: Record<string, unknown>) => ({
  type: 'Feature' as const,
  properties,
  geometry: { type: 'Polygon' as const, coordinates: [cellToBoundary(cell, true)] },
});

/** A map of public cells over the communes' outlines. Cells are chosen by touch, or by the keyboard on their labels. */
export class CellMap {
  #map: LibreMap;
  #labels = new Map<string, Marker>();
  #onchoose: (cell: string) => void;
  #home: string | null;
  #ready: Promise<void>;
  #fitted = false;

  /** Throws where the browser cannot draw (no WebGL). */
  constructor({ container, title, outlines, home, from, style, onchoose }: Drawing) {
    this.#onchoose = onchoose;
    this.#home = home;
    this.#map = openPlan({
      container,
      title,
      outlines,
      center: centreOf(from),
      zoom: 13,
      style,
      sources: {
        home: { type: 'geojson', data: home ? hexagon(home, {}) : none },
        areas: { type: 'geojson', data: none },
      },
    });
    if (home) writeOn(this.#map, centreOf(home), 'map-home', m.posts_map_here(), [0, 42]);
    this.#map.on('click', 'areas', ({ features }) => {
      const cell = features?.[0]?.properties?.['cell'];
      if (typeof cell === 'string') this.#onchoose(cell);
    });
    this.#map.on('mousemove', 'areas', () => (this.#map.getCanvas().style.cursor = 'pointer'));
    this.#map.on('mouseleave', 'areas', () => (this.#map.getCanvas().style.cursor = ''));
    this.#ready = new Promise((resolve) => void this.#map.once('load', () => resolve()));
  }

  /** Shows these areas; the first time, all of them at once. */
  async show(areas: readonly Area[], chosen: string | null): Promise<void> {
    await this.#ready;
    const features = areas.map(({ cell, count, kind }) =>
      hexagon(cell, { cell, count, kind, isChosen: cell === chosen }),
    );
    this.#map.getSource<GeoJSONSource>('areas')?.setData({ type: 'FeatureCollection', features });
    for (const [cell, label] of this.#labels) if (!areas.some((area) => area.cell === cell)) this.#drop(cell, label);
    for (const area of areas) this.#label(area, area.cell === chosen);
    if (!this.#fitted && areas.length > 0) {
      this.#fitted = true;
      this.fit(areas);
    }
    if (chosen && !this.#map.getBounds().contains(centreOf(chosen)))
      this.#map.easeTo({
        center: centreOf(chosen),
        duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 300,
      });
  }

  /** Makes every area visible, the reader's own with them. */
  fit(areas: readonly Area[]): void {
    const bounds = new LngLatBounds();
    for (const cell of [...(this.#home ? [this.#home] : []), ...areas.map(({ cell }) => cell)])
      for (const [lon, lat] of cellToBoundary(cell, true)) bounds.extend([lon, lat]);
    this.#map.fitBounds(bounds, { padding: 36, maxZoom: 15, duration: 0 });
  }

  remove(): void {
    this.#map.remove();
  }

  #drop(cell: string, label: Marker): void {
    label.remove();
    this.#labels.delete(cell);
  }

  #label(area: Area, isChosen: boolean): void {
    let label = this.#labels.get(area.cell);
    if (!label) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'map-area';
      button.addEventListener('click', (event) => {
        event.stopPropagation(); // the map under it would hear it as a second choice
        this.#onchoose(area.cell);
      });
      label = new Marker({ element: button }).setLngLat(centreOf(area.cell)).addTo(this.#map);
      this.#labels.set(area.cell, label);
    }
    const button = label.getElement();
    button.textContent = String(area.count);
    button.dataset.kind = area.kind;
    button.ariaLabel = area.label;
    button.ariaPressed = String(isChosen);
  }
}
