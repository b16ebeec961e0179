import { type Cell, isNeighbourhood } from '@palier/domain/places';
import type { Reader } from './reader.ts';

type Index = Map<string, Set<Reader>>;

const put = (index: Index, key: string, reader: Reader): void => {
  const found = index.get(key);
  if (found) found.add(reader);
  else index.set(key, new Set([reader]));
};
const take = (index: Index, key: string, reader: Reader): void => {
  const found = index.get(key);
  found?.delete(reader);
  if (found?.size === 0) index.delete(key);
};

const rememberedCells = 5_000;
const none: ReadonlySet<Reader> = new Set();

/** Open sockets by account, resident, residence, commune and public cell, so that an event costs with the readers it reaches and not with all. */
export class Registry {
  readonly all = new Set<Reader>();
  readonly #accounts: Index = new Map();
  readonly #residents: Index = new Map();
  readonly #residences: Index = new Map();
  readonly #communes: Index = new Map();
  readonly #cells: Index = new Map();
  readonly #places: Index = new Map();
  /** For a post's cell, the occupied cells of its neighbourhood; kept while cells become occupied, checked for emptiness when read. */
  readonly #near = new Map<string, string[]>();

  add(reader: Reader): void {
    this.all.add(reader);
    put(this.#accounts, reader.accountId, reader);
    this.#place(reader);
  }

  remove(reader: Reader): void {
    this.all.delete(reader);
    take(this.#accounts, reader.accountId, reader);
    this.#displace(reader);
  }

  /** Moves a reader to where they live now. */
  move(reader: Reader, viewer: Reader['viewer']): void {
    this.#displace(reader);
    reader.viewer = viewer;
    if (this.all.has(reader)) this.#place(reader);
  }

  ofAccount(id: string): ReadonlySet<Reader> {
    return this.#accounts.get(id) ?? none;
  }

  ofResident(id: string): ReadonlySet<Reader> {
    return this.#residents.get(id) ?? none;
  }

  ofResidence(id: string): ReadonlySet<Reader> {
    return this.#residences.get(id) ?? none;
  }

  ofCommune(insee: string): ReadonlySet<Reader> {
    return this.#communes.get(insee) ?? none;
  }

  ofCell(cell: string): ReadonlySet<Reader> {
    return this.#cells.get(cell) ?? none;
  }

  /** The cells of this cell's neighbourhood in which somebody reads. */
  cellsNear(cell: string): readonly string[] {
    const known = this.#near.get(cell);
    if (known) return known;
    const found = [...this.#cells.keys()].filter((other) => isNeighbourhood(cell as Cell, other as Cell));
    if (this.#near.size >= rememberedCells) this.#near.clear();
    this.#near.set(cell, found);
    return found;
  }

  /** Where somebody reads, each place once. */
  *places(): Generator<{ cell: string; commune: string }> {
    for (const place of this.#places.keys()) {
      const [cell = '', commune = ''] = place.split(' ');
      yield { cell, commune };
    }
  }

  #place(reader: Reader): void {
    const { viewer } = reader;
    if (!viewer) return;
    put(this.#places, `${viewer.cell} ${viewer.commune}`, reader);
    put(this.#residents, viewer.residentId, reader);
    put(this.#residences, viewer.residenceId, reader);
    put(this.#communes, viewer.commune, reader);
    if (!this.#cells.has(viewer.cell)) this.#occupy(viewer.cell);
    put(this.#cells, viewer.cell, reader);
  }

  #displace(reader: Reader): void {
    const { viewer } = reader;
    if (!viewer) return;
    take(this.#places, `${viewer.cell} ${viewer.commune}`, reader);
    take(this.#residents, viewer.residentId, reader);
    take(this.#residences, viewer.residenceId, reader);
    take(this.#communes, viewer.commune, reader);
    take(this.#cells, viewer.cell, reader);
  }

  #occupy(cell: string): void {
    for (const [from, near] of this.#near)
      if (!near.includes(cell) && isNeighbourhood(from as Cell, cell as Cell)) near.push(cell);
  }
}
