import type { Plugin } from 'vite';

const iconFile = /\/@lucide\/svelte\/dist\/icons\/[a-z0-9-]+\.svelte$/;

type Piece = readonly [tag: string, attributes: Readonly<Record<string, string>>];

/** A stroke that may follow others in one path: its first point said absolutely, as a path's first always is, and what came after it unchanged. */
const following = (d: string): string => {
  if (!d.startsWith('m')) return d;
  const number = /[\s,]{0,4}(-?(?:\d+\.\d+|\d+|\.\d+))/y;
  number.lastIndex = 1;
  const [x, y] = [number.exec(d)?.[1] ?? '', number.exec(d)?.[1] ?? ''];
  const rest = d.slice(number.lastIndex).trimStart();
  return `M${x} ${y}${/^[-\d.]/.test(rest) ? 'l' : ''}${rest}`;
};

/** The pieces as markup, all plain strokes in one path: fewer elements to read on a slow telephone. */
const markupOf = (pieces: readonly Piece[]): string => {
  const isStroke = ([tag, attributes]: Piece) => tag === 'path' && Object.keys(attributes).join() === 'd';
  const strokes = pieces.filter(isStroke).map(([, { d = '' }]) => following(d));
  const rest: Piece[] = pieces.filter((piece) => !isStroke(piece));
  if (strokes.length > 0) rest.push(['path', { d: strokes.join('') }]);
  return rest
    .map(([tag, attributes]) => {
      const said = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
      return `<${tag} ${said.join(' ')} />`;
    })
    .join('');
};

/**
 * The component of one of Lucide's icons, given its own source, as one fixed drawing: the same props (`size`, `strokeWidth`, `fill`, `class`), always hidden from
 * screen readers, its strokes from the stylesheet (`.icon`). Null when the source has no drawing that is known.
 */
export const drawIcon = (source: string): string | null => {
  const data = /const iconData = (\{.*\});?\n/.exec(source)?.[1];
  if (!data) return null;
  const { node } = JSON.parse(data) as { node: readonly Piece[] };
  return `<script>
  const { size = 24, strokeWidth, fill, class: extra } = $props();
</script>
<svg class={extra ? 'icon ' + extra : 'icon'} width={size} height={size} stroke-width={strokeWidth} {fill} viewBox="0 0 24 24" aria-hidden="true">${markupOf(node)}</svg>
`;
};

/** Lucide's own component works out each drawing anew, attribute by attribute, and marks every stroke for hydration: a quarter of the feed's page. */
export const staticIcons = (): Plugin => ({
  name: 'palier:static-icons',
  enforce: 'pre',
  transform: {
    filter: { id: iconFile },
    handler: (code) => drawIcon(code),
  },
});
