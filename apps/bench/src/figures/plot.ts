import { barOf, type Figure, isMet, seenOf } from './figure.ts';

const width = 960;
const rowHeight = 26;
const labelWidth = 470;
const barWidth = 330;
/** The bar asked for stands at half of the plot's width; twice the bar fills it. */
const atBar = barWidth / 2;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** How far a figure goes towards its bar: 1 on it, more when better. */
const reached = ({ seen, bar }: Figure): number => {
  if (!bar) return 0;
  if ('atLeast' in bar) return seen / bar.atLeast;
  return seen <= 0 ? 2 : bar.atMost / seen;
};

/** One line a figure that has a bar, as SVG: how far it went, the bar in the middle; a figure missed is hatched darker and says so. */
export const plotFigures = (figures: readonly Figure[]): string => {
  const shown = figures.filter(({ bar }) => bar);
  const rows = shown.map((figure, n) => {
    const y = n * rowHeight + 8;
    const length = Math.max(2, Math.min(2, reached(figure)) * atBar);
    const isGood = isMet(figure);
    const label = `${figure.id} ${figure.what}`;
    return `  <text x="8" y="${y + 13}">${escaped(label.length > 74 ? `${label.slice(0, 73)}…` : label)}</text>
  <rect x="${labelWidth}" y="${y}" width="${length.toFixed(1)}" height="17" fill="${isGood ? '#2f7d5b' : '#b5472f'}"/>
  <text x="${labelWidth + barWidth + 8}" y="${y + 13}">${escaped(`${seenOf(figure)} (${barOf(figure)})${isGood ? '' : ' missed'}`)}</text>`;
  });
  const height = shown.length * rowHeight + 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" role="img" aria-label="Each figure beside its bar">
  <rect width="${width}" height="${height}" fill="#fff"/>
${rows.join('\n')}
  <line x1="${labelWidth + atBar}" y1="0" x2="${labelWidth + atBar}" y2="${height}" stroke="#222" stroke-dasharray="3 3"/>
</svg>
`;
};
