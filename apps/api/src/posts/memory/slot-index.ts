/** A number of 32 bits that spreads texts evenly (FNV-1a over their character codes). */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return hash | 0;
};

/** Slots found by the hash of what they hold: one array of numbers, where a Map would keep a text a slot for the garbage collector to walk. */
export class SlotIndex {
  readonly #hashAt: (slot: number) => number;
  /** Slot + 1 at the place of its hash or the next free one behind it; 0 where there is none; never more than half full. */
  #places = new Int32Array(1_024);
  #size = 0;

  constructor(hashAt: (slot: number) => number) {
    this.#hashAt = hashAt;
  }

  get size(): number {
    return this.#size;
  }

  /** The first slot of this hash that `isIt`; -1 when there is none. */
  find(hash: number, isIt: (slot: number) => boolean): number {
    for (let at = this.#start(hash); ; at = this.#next(at)) {
      const slot = (this.#places[at] as number) - 1;
      if (slot < 0 || (this.#hashAt(slot) === hash && isIt(slot))) return slot;
    }
  }

  add(slot: number): void {
    if (2 * this.#size >= this.#places.length) {
      const before = this.#places;
      this.#places = new Int32Array(2 * before.length);
      for (const one of before) if (one > 0) this.#set(one - 1);
    }
    this.#set(slot);
    this.#size += 1;
  }

  /** Takes a slot out that is in; those behind it move up where it stood between them and their hash's place. */
  remove(slot: number): void {
    let hole = this.#start(this.#hashAt(slot));
    while (this.#places[hole] !== slot + 1) hole = this.#next(hole);
    for (let at = this.#next(hole); this.#places[at] !== 0; at = this.#next(at)) {
      const other = this.#places[at] as number;
      const isBehind = this.#away(this.#start(this.#hashAt(other - 1)), at) >= this.#away(hole, at);
      if (isBehind) {
        this.#places[hole] = other;
        hole = at;
      }
    }
    this.#places[hole] = 0;
    this.#size -= 1;
  }

  #start(hash: number): number {
    return hash & (this.#places.length - 1);
  }

  #next(at: number): number {
    return (at + 1) & (this.#places.length - 1);
  }

  #away(from: number, to: number): number {
    return (to - from) & (this.#places.length - 1);
  }

  #set(slot: number): void {
    let at = this.#start(this.#hashAt(slot));
    while (this.#places[at] !== 0) at = this.#next(at);
    this.#places[at] = slot + 1;
  }
}
