import { type HeldPost, isPublic } from './held-post.ts';
import { PostTable } from './post-table.ts';
import { Shelf } from './shelf.ts';

/** What is being read from the database to be held, and which posts have changed meanwhile: those are known better than what was read. */
export type Load = {
  readonly cells: readonly string[];
  readonly homes: readonly string[];
  readonly changed: Map<string, HeldPost | null>;
  isVoid: boolean;
};

/**
 * The open posts that this process holds: those of whole public cells, and those of whole residences. What is held is at least as new as the stream's place
 * that was last applied. Above `postsMax` posts, shelves that nobody read for the longest are let go.
 */
export class HeldPosts {
  readonly #postsMax: number;
  #posts = new PostTable();
  readonly #cells = new Map<string, Shelf>();
  readonly #homes = new Map<string, Shelf>();
  #load: Load | null = null;
  #reads = 0;

  constructor(postsMax: number) {
    this.#postsMax = postsMax;
  }

  get size(): number {
    return this.#posts.size;
  }

  /** What is on the shelves, by its slots: good for one turn of the loop. */
  get posts(): PostTable {
    return this.#posts;
  }

  /** Counts a read: shelves looked at during it are the last to be let go. */
  beginRead(): void {
    this.#reads += 1;
  }

  cell(cell: string): Shelf | undefined {
    return this.#used(this.#cells.get(cell));
  }

  home(residenceId: string): Shelf | undefined {
    return this.#used(this.#homes.get(residenceId));
  }

  holdsCell(cell: string): boolean {
    return this.#cells.has(cell);
  }

  holdsHome(residenceId: string): boolean {
    return this.#homes.has(residenceId);
  }

  /** Begins a load, one at a time; to be called before its posts are read. */
  begin(cells: readonly string[], homes: readonly string[]): Load {
    const load: Load = { cells, homes, changed: new Map(), isVoid: false };
    this.#load = load;
    return load;
  }

  /** Ends a load that did not come to its end. */
  abandon(load: Load): void {
    load.isVoid = true;
    if (this.#load === load) this.#load = null;
  }

  /** Puts what was read on its shelves, but for what has changed since the load began, which is put as it is now. Whether there was room for all. */
  install(load: Load, read: readonly HeldPost[]): boolean {
    if (load.isVoid || this.#load !== load) return true;
    this.#load = null;
    this.#reads += 1; // shelves that were loaded together are let go together: a post leaves with the last of its two
    const cells = new Map<string, number[]>(load.cells.map((cell) => [cell, []]));
    const homes = new Map<string, number[]>(load.homes.map((id) => [id, []]));
    const fresh = read.filter(({ id }) => !load.changed.has(id));
    for (const post of load.changed.values()) if (post) fresh.push(post);
    for (const one of fresh) {
      const known = this.#posts.find(one.id);
      const { place, traits } =
        known < 0 ? one : { place: this.#posts.placeOf(known), traits: this.#posts.traitsOf(known) };
      const ofCell = isPublic(traits) ? cells.get(place.cell) : undefined;
      const ofHome = homes.get(place.residenceId);
      if (!ofCell && !ofHome) continue;
      const slot = known < 0 ? this.#posts.put(one) : known;
      ofCell?.push(slot);
      ofHome?.push(slot);
    }
    for (const [cell, slots] of cells) this.#cells.set(cell, this.#shelf(slots));
    for (const [id, slots] of homes) this.#homes.set(id, this.#shelf(slots));
    const hasRoom = this.#posts.size <= this.#postsMax;
    if (!hasRoom) this.#letGo();
    return hasRoom;
  }

  /** Applies what a batch of the stream changed, each post as it is now, or null when it is open no more. */
  apply(changed: ReadonlyMap<string, HeldPost | null>): void {
    for (const [id, post] of changed) {
      this.#load?.changed.set(id, post);
      const before = this.#posts.find(id);
      if (before >= 0) this.#drop(before);
      if (post) this.#put(post);
    }
    if (this.#posts.size > this.#postsMax) this.#letGo();
  }

  /** Forgets everything: what is under way too. */
  clear(): void {
    this.#posts = new PostTable();
    this.#cells.clear();
    this.#homes.clear();
    if (this.#load) this.abandon(this.#load);
  }

  #used(shelf: Shelf | undefined): Shelf | undefined {
    if (shelf) shelf.usedAt = this.#reads;
    return shelf;
  }

  #shelf(slots: number[]): Shelf {
    const shelf = new Shelf(this.#posts, slots);
    shelf.usedAt = this.#reads;
    return shelf;
  }

  #shelvesOf({ place, traits }: Pick<HeldPost, 'place' | 'traits'>): Shelf[] {
    const shelves = [isPublic(traits) ? this.#cells.get(place.cell) : undefined, this.#homes.get(place.residenceId)];
    return shelves.filter((shelf) => shelf !== undefined);
  }

  #shelvesAround(slot: number): Shelf[] {
    return this.#shelvesOf({ place: this.#posts.placeOf(slot), traits: this.#posts.traitsOf(slot) });
  }

  #put(post: HeldPost): void {
    const shelves = this.#shelvesOf(post);
    if (shelves.length === 0) return;
    const slot = this.#posts.put(post);
    for (const shelf of shelves) shelf.add(slot);
  }

  #drop(slot: number): void {
    for (const shelf of this.#shelvesAround(slot)) shelf.take(slot);
    this.#posts.drop(slot);
  }

  /** Lets the least read shelves go until a tenth of the room is free. */
  #letGo(): void {
    const shelves = [
      ...[...this.#cells].map(([key, shelf]) => ({ map: this.#cells, key, shelf })),
      ...[...this.#homes].map(([key, shelf]) => ({ map: this.#homes, key, shelf })),
    ].sort((a, b) => a.shelf.usedAt - b.shelf.usedAt);
    for (const { map, key, shelf } of shelves) {
      if (this.#posts.size <= this.#postsMax * 0.9) return;
      map.delete(key);
      for (const slot of shelf.newest) if (this.#shelvesAround(slot).length === 0) this.#posts.drop(slot);
    }
  }
}
