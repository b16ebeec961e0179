import 'maplibre-gl/dist/maplibre-gl.css';
import './map.css';
import { m } from '@palier/messages';
import {
  AttributionControl,
  type LayerSpecification,
  Map as LibreMap,
  Marker,
  NavigationControl,
  type SourceSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { layersOf, paletteOf, styleUnder } from './map-style.ts';
import type { Outlines } from './near-outlines.server.ts';

setWorkerUrl(workerUrl);

interface Plan {
  container: HTMLElement;
  title: string;
  outlines: Outlines;
  /** Longitude and latitude, in degrees. */
  center: [number, number];
  zoom: number;
  /** What is drawn over the outlines; a layer without its source is left out. */
  sources?: Record<string, SourceSpecification>;
  /** The address of the style that all is drawn over, when this installation has one. */
  style: string | null;
}

/** Writes a name at a place (longitude, latitude), moved by so many pixels. */
export const writeOn = (
  map: LibreMap,
  at: [number, number],
  name: string,
  text: string,
  offset: [number, number] = [0, 0],
): void => {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  element.ariaHidden = 'true';
  new Marker({ element, offset }).setLngLat(at).addTo(map);
};

/** Draws the installation's own style under what stands on the plan, and says whose it is; while it does not come, the plan stays as it is. */
const drawOver = (map: LibreMap, style: string): void => {
  map.once('load', () =>
    map.setStyle(style, {
      transformStyle: (plan, ground) => {
        map.getContainer().classList.add('has-style'); // its names stand instead of ours
        map.addControl(new AttributionControl({ compact: true }));
        return plan ? styleUnder(ground, plan) : ground;
      },
    }),
  );
};

/** A map of the communes' outlines and names, with no request but to our own files unless a style is set. Throws where the browser cannot draw (no WebGL). */
export const openPlan = ({ container, title, outlines, center, zoom, sources = {}, style }: Plan): LibreMap => {
  const has = (layer: LayerSpecification) =>
    !('source' in layer) || layer.source === 'outlines' || String(layer.source) in sources;
  const map = new LibreMap({
    container,
    style: {
      version: 8,
      sources: { outlines: { type: 'geojson', data: outlines }, ...sources },
      layers: layersOf(paletteOf(container)).filter(has),
    },
    center,
    zoom,
    maxZoom: 16,
    minZoom: 8,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    locale: {
      'Map.Title': title,
      'NavigationControl.ZoomIn': m.posts_map_zoom_in(),
      'NavigationControl.ZoomOut': m.posts_map_zoom_out(),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  for (const { properties } of outlines.features)
    writeOn(map, [properties.lon, properties.lat], 'map-commune', properties.name);
  if (style) drawOver(map, style);
  return map;
};
