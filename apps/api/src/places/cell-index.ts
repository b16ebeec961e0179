import { type Database, schema, type Transaction } from '@palier/db';
import { type Cell, cellCentre, cellDistanceM, isNeighbourhood } from '@palier/domain/places';

/** A public cell that a reader may find posts in: `isNear` when it is of their neighbourhood, else it is only of their commune. */
export type ReachedCell = { cell: string; isNear: boolean };

/** Cells at one and the same distance from a reader's, in metres. */
export type ReachedGroup = { m: number; cells: readonly ReachedCell[] };

type Occupied = { cell: Cell; lat: number };
type Loaded = {
  byLatitude: readonly Occupied[];
  byCommune: ReadonlyMap<string, readonly Cell[]>;
  reaches: Map<string, readonly ReachedGroup[]>;
};

/** Farther apart in latitude than this, two cells are of no neighbourhood: four edges of the widest cells are under 15 km. */
const farthestDegrees = 0.15;
const rememberedReaches = 50_000;

const load = async (db: Database | Transaction): Promise<Loaded> => {
  const rows = await db
    .selectDistinct({ cell: schema.residences.cell, commune: schema.residences.commune })
    .from(schema.residences);
  const cells = new Set<Cell>();
  const byCommune = new Map<string, Cell[]>();
  for (const row of rows) {
    const cell = row.cell as Cell;
    cells.add(cell);
    const known = byCommune.get(row.commune);
    if (known) known.push(cell);
    else byCommune.set(row.commune, [cell]);
  }
  const byLatitude = [...cells].map((cell) => ({ cell, lat: cellCentre(cell).lat })).sort((a, b) => a.lat - b.lat);
  return { byLatitude, byCommune, reaches: new Map() };
};

const firstAbove = (list: readonly Occupied[], lat: number): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.lat ?? 0) < lat) low = middle + 1;
    else high = middle;
  }
  return low;
};

const reachIn = (loaded: Loaded, cell: Cell, commune: string): readonly ReachedGroup[] => {
  const { lat } = cellCentre(cell);
  const near = new Set<Cell>();
  for (let at = firstAbove(loaded.byLatitude, lat - farthestDegrees); at < loaded.byLatitude.length; at++) {
    const other = loaded.byLatitude[at];
    if (!other || other.lat > lat + farthestDegrees) break;
    if (isNeighbourhood(other.cell, cell)) near.add(other.cell);
  }
  const groups = new Map<number, ReachedCell[]>();
  for (const each of new Set([...near, ...(loaded.byCommune.get(commune) ?? [])])) {
    const m = cellDistanceM(each, cell);
    const group = groups.get(m) ?? [];
    group.push({ cell: each, isNear: near.has(each) });
    groups.set(m, group);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([m, cells]) => ({ m, cells }));
};

/**
 * Which public cells hold residences, loaded once into the process: what is near a reader is worked out here, never in SQL.
 * It reloads by itself when it meets a cell it does not know; `refresh` is for whoever hears that a residence was opened.
 */
const openCellIndex = (db: Database) => {
  let loading: Promise<Loaded> | null = null;
  const loaded = (from: Database | Transaction = db): Promise<Loaded> => {
    loading ??= load(from).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  const refresh = async (from: Database | Transaction = db): Promise<void> => {
    const next = await load(from); // those who ask meanwhile find the index as it was
    loading = Promise.resolve(next);
  };
  const holds = (index: Loaded, cell: string, commune: string): boolean =>
    index.byCommune.get(commune)?.includes(cell as Cell) ?? false;
  return {
    refresh,
    /** Makes sure that a place is known, so that what is posted there is found by its neighbours; over the call's own transaction, since one that waits for a second connection may wait for itself. */
    meet: async (cell: string, commune: string, from: Database | Transaction = db): Promise<void> => {
      if (!holds(await loaded(from), cell, commune)) await refresh(from);
    },
    /** The groups of cells that a reader of this cell and commune may find posts in, nearest first. */
    reach: async (cell: string, commune: string): Promise<readonly ReachedGroup[]> => {
      if (!holds(await loaded(), cell, commune)) await refresh();
      const index = await loaded();
      const key = `${cell} ${commune}`;
      const known = index.reaches.get(key);
      if (known) return known;
      const groups = reachIn(index, cell as Cell, commune);
      if (index.reaches.size >= rememberedReaches) index.reaches.clear();
      index.reaches.set(key, groups);
      return groups;
    },
  };
};
type CellIndex = ReturnType<typeof openCellIndex>;

const indexes = new WeakMap<Database, CellIndex>();

/** The index of this database, one a process. */
export const cellIndexOf = (db: Database): CellIndex => {
  const known = indexes.get(db);
  if (known) return known;
  const index = openCellIndex(db);
  indexes.set(db, index);
  return index;
};
