import type { Curve, Figure } from './figure.ts';

const panelWidth = 470;
const panelHeight = 280;
const inner = { left: 56, right: 20, top: 34, bottom: 62 };
const colours = ['#2f5f9e', '#b5472f', '#2f7d5b'];
const titles: Readonly<Record<Curve['panel'], string>> = {
  posts: 'ms a call, by open posts',
  sockets: 'ms of processor a post, by open sockets',
};

const axis = (values: readonly number[], from: number, to: number, isLog: boolean) => {
  const [low, high] = isLog
    ? [Math.log(Math.min(...values)), Math.log(Math.max(...values))]
    : [0, Math.max(...values) * 1.1];
  return (value: number): number =>
    from + (((isLog ? Math.log(value) : value) - low) / (high - low || 1)) * (to - from);
};

const plotPanel = (panel: Curve['panel'], curves: readonly Curve[], offset: number): string => {
  const points = curves.flatMap((curve) => curve.points);
  const xs = [...new Set(points.map(({ x }) => x))];
  const atX = axis(xs, offset + inner.left, offset + panelWidth - inner.right, true);
  const atY = axis(
    points.map(({ y }) => y),
    panelHeight - inner.bottom,
    inner.top,
    false,
  );
  const bottom = panelHeight - inner.bottom;
  const ticks = xs.map(
    (x) =>
      `  <text x="${atX(x).toFixed(1)}" y="${bottom + 16}" text-anchor="middle">${x.toLocaleString('en-GB')}</text>`,
  );
  const drawn = curves.map(({ name, points: own }, n) => {
    const colour = colours[n % colours.length];
    const line = own.map(({ x, y }) => `${atX(x).toFixed(1)},${atY(y).toFixed(1)}`).join(' ');
    const dots = own.map(
      ({ x, y }) =>
        `  <circle cx="${atX(x).toFixed(1)}" cy="${atY(y).toFixed(1)}" r="3.5" fill="${colour}"/>
  <text x="${atX(x).toFixed(1)}" y="${(atY(y) - 8).toFixed(1)}" text-anchor="middle">${y.toFixed(2)}</text>`,
    );
    const legend = `  <text x="${offset + inner.left}" y="${bottom + 34 + n * 15}" fill="${colour}">■ ${name}</text>`;
    return [`  <polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"/>`, ...dots, legend].join(
      '\n',
    );
  });
  return [
    `  <text x="${offset + inner.left}" y="18" font-weight="bold">${titles[panel]}</text>`,
    `  <path d="M${offset + inner.left} ${inner.top}V${bottom}H${offset + panelWidth - inner.right}" fill="none" stroke="#222"/>`,
    ...ticks,
    ...drawn,
  ].join('\n');
};

/** How costs grow, as SVG: one panel over open posts, one over open sockets, both logarithmic along and from zero upwards. Null where nothing was measured. */
export const plotGrowth = (figures: readonly Figure[]): string | null => {
  const curves = figures.flatMap(({ curve }) => curve ?? []);
  if (curves.length === 0) return null;
  const panels = (['posts', 'sockets'] as const).map((panel, n) =>
    plotPanel(
      panel,
      curves.filter((curve) => curve.panel === panel),
      n * panelWidth,
    ),
  );
  const width = 2 * panelWidth;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${panelHeight}" width="${width}" height="${panelHeight}" font-family="sans-serif" font-size="12" role="img" aria-label="How the cost of reading and publishing grows">
  <rect width="${width}" height="${panelHeight}" fill="#fff"/>
${panels.join('\n')}
</svg>
`;
};
