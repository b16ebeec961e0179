import type { Interest } from '@palier/domain/live';
import { type Cell, isNeighbourhood } from '@palier/domain/places';
import { Listeners } from './listeners.ts';
import type { Reader } from './reader.ts';

type Index<Member> = Map<string, Set<Member>>;

const put = <Member>(index: Index<Member>, key: string, member: Member): void => {
  const found = index.get(key);
  if (found) found.add(member);
  else index.set(key, new Set([member]));
};
const take = <Member>(index: Index<Member>, key: string, member: Member): void => {
  const found = index.get(key);
  found?.delete(member);
  if (found?.size === 0) index.delete(key);
};

/** The sockets of one public cell and commune: strangers there are told the same. */
export type Place = { readonly cell: string; readonly commune: string; readonly listeners: Listeners };

const rememberedCells = 5_000;
const none: ReadonlySet<never> = new Set();
const nobody = new Listeners();

/**
 * Open sockets by account, resident, residence, and by place (public cell and commune); in a residence and in a place by what they asked to hear of. An event so costs with the readers it
 * reaches, and not with all.
 */
export class Registry {
  readonly all = new Set<Reader>();
  readonly #accounts: Index<Reader> = new Map();
  readonly #residents: Index<Reader> = new Map();
  readonly #residences = new Map<string, Listeners>();
  readonly #places = new Map<string, Place>();
  readonly #communes: Index<Place> = new Map();
  readonly #cells: Index<Place> = new Map();
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

  /** Has a reader hear of what they ask for, or of everything again. */
  narrow(reader: Reader, interest: Interest | null): void {
    this.#displace(reader);
    reader.interest = interest;
    if (this.all.has(reader)) this.#place(reader);
  }

  ofAccount(id: string): ReadonlySet<Reader> {
    return this.#accounts.get(id) ?? none;
  }

  ofResident(id: string): ReadonlySet<Reader> {
    return this.#residents.get(id) ?? none;
  }

  ofResidence(id: string): Listeners {
    return this.#residences.get(id) ?? nobody;
  }

  ofCommune(insee: string): ReadonlySet<Place> {
    return this.#communes.get(insee) ?? none;
  }

  /** The places of this cell's neighbourhood in which somebody reads. */
  *near(cell: string): Generator<Place> {
    for (const other of this.#cellsNear(cell)) yield* this.#cells.get(other) ?? none;
  }

  /** Where somebody reads, each place once. */
  places(): Iterable<Place> {
    return this.#places.values();
  }

  #cellsNear(cell: string): readonly string[] {
    const known = this.#near.get(cell);
    if (known) return known;
    const found = [...this.#cells.keys()].filter((other) => isNeighbourhood(cell as Cell, other as Cell));
    if (this.#near.size >= rememberedCells) this.#near.clear();
    this.#near.set(cell, found);
    return found;
  }

  #place(reader: Reader): void {
    const { viewer } = reader;
    if (!viewer) return;
    put(this.#residents, viewer.residentId, reader);
    const home = this.#residences.get(viewer.residenceId) ?? new Listeners();
    this.#residences.set(viewer.residenceId, home);
    home.put(reader);
    this.#placeOf(viewer).listeners.put(reader);
  }

  #placeOf({ cell, commune }: { cell: string; commune: string }): Place {
    const known = this.#places.get(`${cell} ${commune}`);
    if (known) return known;
    const place: Place = { cell, commune, listeners: new Listeners() };
    this.#places.set(`${cell} ${commune}`, place);
    if (!this.#cells.has(cell)) this.#occupy(cell);
    put(this.#cells, cell, place);
    put(this.#communes, commune, place);
    return place;
  }

  #displace(reader: Reader): void {
    const { viewer } = reader;
    if (!viewer) return;
    take(this.#residents, viewer.residentId, reader);
    const home = this.#residences.get(viewer.residenceId);
    home?.take(reader);
    if (home?.isEmpty) this.#residences.delete(viewer.residenceId);
    const { cell, commune } = viewer;
    const place = this.#places.get(`${cell} ${commune}`);
    place?.listeners.take(reader);
    if (!place?.listeners.isEmpty) return;
    this.#places.delete(`${cell} ${commune}`);
    take(this.#cells, cell, place);
    take(this.#communes, commune, place);
  }

  #occupy(cell: string): void {
    for (const [from, near] of this.#near)
      if (!near.includes(cell) && isNeighbourhood(from as Cell, cell as Cell)) near.push(cell);
  }
}
