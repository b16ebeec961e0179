/** A piece of memory outside the heap, filled from its beginning: texts one after the other, each behind its number and its length. */
type Slab = { readonly bytes: Buffer; used: number; live: number };

const slabBytes = 1 << 20;
const headBytes = 8;

/**
 * Texts by number, a byte a character, in a few large pieces of memory that the garbage collector neither walks nor moves. A piece of which less than half is still meant is emptied
 * into the last one and given back: what is taken stays under twice what is held, and two pieces, whatever came and went.
 */
export class Texts {
  readonly #slabs: (Slab | undefined)[] = [];
  readonly #unused: number[] = [];
  #last = this.#open();
  /** Where each text begins, its slab's number times the size of a slab, and the place in it; -1 for none. */
  #at = new Float64Array(1_024).fill(-1);

  /** Bytes taken from the system, those of what was dropped and not yet given back among them. */
  get bytes(): number {
    return (this.#slabs.length - this.#unused.length) * slabBytes;
  }

  /** Keeps a text of less than a megabyte under a number that has none. */
  put(number: number, text: string): void {
    if (number >= this.#at.length) {
      const wider = new Float64Array(2 * Math.max(number, this.#at.length)).fill(-1);
      wider.set(this.#at);
      this.#at = wider;
    }
    const { bytes, at } = this.#room(number, text.length);
    bytes.write(text, at, 'latin1');
  }

  /** Forgets the text of a number that has one. */
  drop(number: number): void {
    const slab = this.#slabs[this.#slabOf(number)] as Slab;
    slab.live -= headBytes + this.length(number);
    const home = this.#slabOf(number);
    this.#at[number] = -1;
    if (home !== this.#last && slab.live < slabBytes / 2) this.#empty(home);
  }

  length(number: number): number {
    const { bytes } = this.#slabs[this.#slabOf(number)] as Slab;
    return bytes.readUInt32LE(this.#placeOf(number) - 4);
  }

  slice(number: number, from: number, to: number): string {
    const { bytes } = this.#slabs[this.#slabOf(number)] as Slab;
    const at = this.#placeOf(number);
    return bytes.toString('latin1', at + from, at + to);
  }

  /** Copies a part of a text; answers where it ends in the target. */
  copy(number: number, from: number, to: number, target: Buffer, targetAt: number): number {
    const { bytes } = this.#slabs[this.#slabOf(number)] as Slab;
    const at = this.#placeOf(number);
    return targetAt + bytes.copy(target, targetAt, at + from, at + to);
  }

  #slabOf(number: number): number {
    return Math.floor((this.#at[number] as number) / slabBytes);
  }

  #placeOf(number: number): number {
    return (this.#at[number] as number) % slabBytes;
  }

  #open(): number {
    const number = this.#unused.pop() ?? this.#slabs.length;
    this.#slabs[number] = { bytes: Buffer.allocUnsafeSlow(slabBytes), used: 0, live: 0 };
    return number;
  }

  /** Makes room for a text in the last slab, and answers where. */
  #room(number: number, length: number): { bytes: Buffer; at: number } {
    if ((this.#slabs[this.#last] as Slab).used + headBytes + length > slabBytes) {
      const full = this.#last;
      this.#last = this.#open();
      if ((this.#slabs[full] as Slab).live < slabBytes / 2) this.#empty(full); // it was spared while it was the last
    }
    const slab = this.#slabs[this.#last] as Slab;
    const at = slab.used + headBytes;
    slab.bytes.writeUInt32LE(number, slab.used);
    slab.bytes.writeUInt32LE(length, slab.used + 4);
    slab.used = at + length;
    slab.live += headBytes + length;
    this.#at[number] = this.#last * slabBytes + at;
    return { bytes: slab.bytes, at };
  }

  /** Moves what is still meant of a slab to the last one, and gives it back. */
  #empty(home: number): void {
    const { bytes, used } = this.#slabs[home] as Slab;
    for (let at = headBytes; at < used; ) {
      const [number, length] = [bytes.readUInt32LE(at - headBytes), bytes.readUInt32LE(at - 4)];
      if (this.#at[number] === home * slabBytes + at) {
        const to = this.#room(number, length);
        bytes.copy(to.bytes, to.at, at, at + length);
      }
      at += length + headBytes;
    }
    this.#slabs[home] = undefined;
    this.#unused.push(home);
  }
}
