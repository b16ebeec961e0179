import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';

const tokens = ['paper', 'card', 'sunk', 'hairline', 'edge', 'action', 'request', 'offer'] as const;
type Palette = Record<(typeof tokens)[number], string>;

/** The page's own colours as WebGL wants them, in the theme that is on. */
export const paletteOf = (element: HTMLElement): Palette => {
  const probe = element.ownerDocument.createElement('span');
  probe.style.transition = 'none'; // reduced motion gives every change of colour a moment, at whose start all would read as the first
  element.append(probe);
  const palette = Object.fromEntries(
    tokens.map((token) => {
      probe.style.color = `var(--${token})`;
      return [token, getComputedStyle(probe).color];
    }),
  ) as Palette;
  probe.remove();
  return palette;
};

/** Outlines like a plan on paper; areas soft, the chosen one edged. */
export const layersOf = (colours: Palette): LayerSpecification[] => {
  const ofKind = (of: Palette): ['match', ['get', string], string, string, string, string, string] => [
    'match',
    ['get', 'kind'],
    'request',
    of.request,
    'offer',
    of.offer,
    of.action,
  ];
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': colours.sunk } },
    {
      id: 'communes',
      type: 'fill',
      source: 'outlines',
      paint: { 'fill-color': ['case', ['get', 'isHere'], colours.card, colours.paper] },
    },
    {
      id: 'borders',
      type: 'line',
      source: 'outlines',
      paint: { 'line-color': colours.edge, 'line-width': 1.2, 'line-dasharray': [3, 2] },
    },
    {
      id: 'areas',
      type: 'fill',
      source: 'areas',
      paint: { 'fill-color': ofKind(colours), 'fill-opacity': ['case', ['get', 'isChosen'], 0.45, 0.22] },
    },
    {
      id: 'edges',
      type: 'line',
      source: 'areas',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': ofKind(colours),
        'line-width': ['case', ['get', 'isChosen'], 4, 1.5],
        'line-blur': ['case', ['get', 'isChosen'], 0, 1],
      },
    },
    {
      id: 'home',
      type: 'line',
      source: 'home',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.action, 'line-width': 2, 'line-dasharray': [1.5, 1.5] },
    },
  ];
};

/** Layers that a ground of one's own stands in for; borders, areas and the reader's home stay over it. */
const groundLayers: ReadonlySet<string> = new Set(['ground', 'communes']);

/** A style with the plan's own sources and marks over it, as they are at that moment. */
export const styleUnder = (ground: StyleSpecification, plan: StyleSpecification): StyleSpecification => ({
  ...ground,
  sources: { ...ground.sources, ...plan.sources },
  layers: [
    ...ground.layers.filter(({ id }) => !plan.layers.some((mark) => mark.id === id && !groundLayers.has(id))),
    ...plan.layers.filter(({ id }) => !groundLayers.has(id)),
  ],
});
