import type { Attack, Equation } from '@palier/domain/insights';
import highs from 'highs';

/** The least and the greatest value that the equations leave to a cell; `to` is Infinity when nothing bounds it. */
export type Interval = { cell: string; from: number; to: number };

/** Its types describe the CommonJS file, where the function is a member; here it is the module itself. */
const loadSolver = highs as unknown as typeof highs.default;

type Solve = Awaited<ReturnType<typeof loadSolver>>['solve'];
type Bounds = Map<string, { from: number; to: number }>;
type Group = { names: string[]; rows: Row[] };
type Row = { terms: [string, number][]; from: number; to: number };

/** What one unknown alone is said to be between. */
const boundsOf = (equations: readonly Equation[]): Bounds => {
  const bounds: Bounds = new Map();
  for (const { terms, from, to } of equations) {
    if (terms.size !== 1) continue;
    for (const [name, factor] of terms) {
      const before = bounds.get(name) ?? { from: 0, to: Number.POSITIVE_INFINITY };
      bounds.set(name, { from: Math.max(before.from, from / factor), to: Math.min(before.to, to / factor) });
    }
  }
  return bounds;
};

/** The equations with what is known put in its place: what is left joins unknowns only. */
const rowsOf = (equations: readonly Equation[], bounds: Bounds): Row[] => {
  const rows: Row[] = [];
  for (const { terms, from, to } of equations) {
    if (terms.size === 1) continue;
    const left: [string, number][] = [];
    let known = 0;
    for (const [name, factor] of terms) {
      const bound = bounds.get(name);
      if (bound && bound.from === bound.to) known += factor * bound.from;
      else left.push([name, factor]);
    }
    if (left.length > 0) rows.push({ terms: left, from: from - known, to: to - known });
  }
  return rows;
};

/** Unknowns that hang together, each group with its rows. */
const groupsOf = (rows: readonly Row[]): Group[] => {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let top = name;
    for (let up = parent.get(top); up !== undefined && up !== top; up = parent.get(top)) top = up;
    parent.set(name, top);
    return top;
  };
  for (const { terms } of rows) for (const [name] of terms) parent.set(root(name), root(terms[0]?.[0] ?? name));
  const groups = new Map<string, Group>();
  for (const name of parent.keys()) {
    const group = groups.get(root(name)) ?? { names: [], rows: [] };
    group.names.push(name);
    groups.set(root(name), group);
  }
  for (const row of rows) groups.get(root(row.terms[0]?.[0] ?? ''))?.rows.push(row);
  return [...groups.values()];
};

const term = (factor: number, n: number | undefined): string => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} x${n}`;

/** The program of a group in the LP format, without its objective. */
const programOf = (group: Group, bounds: Bounds): { text: string; index: Map<string, number> } => {
  const index = new Map(group.names.map((name, n) => [name, n]));
  const lines: string[] = [];
  for (const { terms, from, to } of group.rows) {
    const sum = terms.map(([name, factor]) => term(factor, index.get(name))).join(' ');
    if (from === to) lines.push(`${sum} = ${from}`);
    else {
      if (Number.isFinite(from)) lines.push(`${sum} >= ${from}`);
      if (Number.isFinite(to)) lines.push(`${sum} <= ${to}`);
    }
  }
  const limits = group.names.flatMap((name, n) => {
    const bound = bounds.get(name);
    return bound ? [`${bound.from} <= x${n}${Number.isFinite(bound.to) ? ` <= ${bound.to}` : ''}`] : [];
  });
  return {
    text: `Subject To\n${lines.map((line, n) => ` c${n}: ${line}`).join('\n')}\nBounds\n ${limits.join('\n ')}\nEnd`,
    index,
  };
};

const extremum = (solve: Solve, aim: 'Minimize' | 'Maximize', n: number, text: string): number => {
  const { Status: status, ObjectiveValue: value } = solve(`${aim}\n obj: x${n}\n${text}`);
  if (status === 'Optimal') return value;
  throw new Error(`what was published contradicts itself: ${status}`);
};

/** The cells of a group that nothing bounds from above: those that some direction, along which no equation changes for the worse, makes grow; one program tells of all. */
const boundless = (solve: Solve, { names, rows }: Group, bounds: Bounds, cells: readonly string[]): Set<string> => {
  const directions = rows.map(({ terms, from, to }) => ({
    terms,
    from: Number.isFinite(from) ? 0 : from,
    to: Number.isFinite(to) ? 0 : to,
  }));
  const still: Bounds = new Map(
    names.map((name) => [
      name,
      { from: 0, to: Number.isFinite(bounds.get(name)?.to ?? Number.POSITIVE_INFINITY) ? 0 : Number.POSITIVE_INFINITY },
    ]),
  );
  const grown = cells.map(
    (cell, n): Row => ({
      terms: [
        [cell, 1],
        [`grows ${n}`, -1],
      ],
      from: 0,
      to: Number.POSITIVE_INFINITY,
    }),
  );
  const all = { names: [...names, ...cells.map((_, n) => `grows ${n}`)], rows: [...directions, ...grown] };
  for (const n of cells.keys()) still.set(`grows ${n}`, { from: 0, to: 1 });
  const { text, index } = programOf(all, still);
  const aim = cells.map((_, n) => `+ x${index.get(`grows ${n}`)}`).join(' ');
  const { Status: status, Columns: columns } = solve(`Maximize\n obj: ${aim}\n${text}`);
  if (status !== 'Optimal') throw new Error(`no direction: ${status}`);
  return new Set(cells.filter((_, n) => (columns[`x${index.get(`grows ${n}`)}`] as { Primal: number }).Primal > 0.5));
};

/**
 * How narrowly the published equations hold each hidden cell: linear programs solved by HiGHS over the unknowns it hangs together with.
 * Of a cell that nothing bounds from above `from` is 0 and `to` is Infinity. Rejects when the equations contradict each other.
 */
export const narrow = async ({ hiddenCells, equations }: Attack): Promise<Interval[]> => {
  const { solve } = await loadSolver();
  const bounds = boundsOf(equations);
  const wanted = new Set(hiddenCells);
  const found = new Map<string, Interval>();
  for (const group of groupsOf(rowsOf(equations, bounds))) {
    const cells = group.names.filter((name) => wanted.has(name));
    if (cells.length === 0) continue;
    const free = boundless(solve, group, bounds, cells);
    const { text, index } = programOf(group, bounds);
    for (const cell of cells) {
      const n = index.get(cell) ?? 0;
      if (!free.has(cell))
        found.set(cell, { cell, from: extremum(solve, 'Minimize', n, text), to: extremum(solve, 'Maximize', n, text) });
    }
  }
  return hiddenCells.map(
    (cell) => found.get(cell) ?? { cell, from: 0, to: bounds.get(cell)?.to ?? Number.POSITIVE_INFINITY },
  );
};
