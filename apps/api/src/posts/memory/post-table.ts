import type { Nearness } from '@palier/domain/posts';
import { type HeldPost, idAt, idLength, type Place, type Traits } from './held-post.ts';
import { Shared } from './shared.ts';
import { hashOf, SlotIndex } from './slot-index.ts';
import { Texts } from './texts.ts';

type Column = Float64Array | Int32Array | Uint16Array;

const wider = <T extends Column>(column: T, length: number): T => {
  const made = new (column.constructor as new (length: number) => T)(length);
  made.set(column);
  return made;
};

/**
 * Open posts in columns, each under the number of its slot: a million posts as objects are six million things that every major garbage collection walks, at most of a second of the processor;
 * as columns they are none. A slot is another post's once its own was dropped, so that nobody keeps one beyond the turn of the loop.
 */
export class PostTable {
  readonly #texts = new Texts();
  readonly #places = new Shared<Place>(
    ({ residenceId, stairId, commune, cell }) => `${residenceId} ${stairId} ${commune} ${cell}`,
  );
  readonly #traits = new Shared<Traits>(({ kind, category, audience }) => `${kind} ${category} ${audience}`);
  readonly #index = new SlotIndex((slot) => this.#idHash[slot] as number);
  readonly #unused: number[] = [];
  #slots = 0;
  #createdAt = new Float64Array(1_024);
  #urgentUntil = new Float64Array(1_024);
  #windowTo = new Float64Array(1_024);
  #idHash = new Int32Array(1_024);
  #authorHash = new Int32Array(1_024);
  #place = new Int32Array(1_024);
  #trait = new Uint16Array(1_024);
  #urgentAt = new Uint16Array(1_024);
  #authorAt = new Uint16Array(1_024);
  #nearAt = new Uint16Array(1_024);

  get size(): number {
    return this.#index.size;
  }

  /** Bytes of texts taken from the system, outside the heap. */
  get textBytes(): number {
    return this.#texts.bytes;
  }

  createdAt(slot: number): number {
    return this.#createdAt[slot] as number;
  }

  urgentUntil(slot: number): number {
    return this.#urgentUntil[slot] as number;
  }

  windowTo(slot: number): number {
    return this.#windowTo[slot] as number;
  }

  placeOf(slot: number): Place {
    return this.#places.at(this.#place[slot] as number);
  }

  traitsOf(slot: number): Traits {
    return this.#traits.at(this.#trait[slot] as number);
  }

  idOf(slot: number): string {
    return this.#texts.slice(slot, idAt, idAt + idLength);
  }

  /** Tells posts that one of these residents wrote. */
  writtenBy(residentIds: ReadonlySet<string>): (slot: number) => boolean {
    const hashes = new Set([...residentIds].map(hashOf));
    return (slot) => {
      if (!hashes.has(this.#authorHash[slot] as number)) return false;
      const at = this.#authorAt[slot] as number;
      return residentIds.has(this.#texts.slice(slot, at, at + idLength));
    };
  }

  /** The slot of a post; -1 when it is not in. */
  find(id: string): number {
    return this.#index.find(hashOf(id), (slot) => this.idOf(slot) === id);
  }

  /** Puts a post in that is not in yet; answers its slot. */
  put(post: HeldPost): number {
    const slot = this.#unused.pop() ?? this.#slots++;
    if (slot >= this.#createdAt.length) this.#widen();
    this.#texts.put(slot, post.text);
    this.#createdAt[slot] = post.createdAt;
    this.#urgentUntil[slot] = post.urgentUntil;
    this.#windowTo[slot] = post.windowTo;
    this.#idHash[slot] = hashOf(post.id);
    this.#authorHash[slot] = hashOf(post.authorId);
    this.#place[slot] = this.#places.take(post.place);
    this.#trait[slot] = this.#traits.take(post.traits);
    this.#urgentAt[slot] = post.urgentAt;
    this.#authorAt[slot] = post.authorAt;
    this.#nearAt[slot] = post.nearAt;
    this.#index.add(slot);
    return slot;
  }

  drop(slot: number): void {
    this.#index.remove(slot);
    this.#texts.drop(slot);
    this.#places.leave(this.#place[slot] as number);
    this.#traits.leave(this.#trait[slot] as number);
    this.#unused.push(slot);
  }

  /** At most so many bytes are written by `writeCard` for this slot, whatever the nearness. */
  roomOf(slot: number): number {
    return this.#texts.length(slot) + 'same-residence'.length;
  }

  /** Writes a post's card, the same bytes as the card of `disclose` in JSON; answers where it ends in the target. */
  writeCard(slot: number, nearness: Nearness, now: number, target: Buffer, targetAt: number): number {
    const nearAt = this.#nearAt[slot] as number;
    let [from, at] = [0, targetAt];
    if (this.urgentUntil(slot) > now) {
      from = (this.#urgentAt[slot] as number) + 'false'.length;
      at = this.#texts.copy(slot, 0, this.#urgentAt[slot] as number, target, at);
      at += target.write('true', at, 'latin1');
    }
    at = this.#texts.copy(slot, from, nearAt, target, at);
    at += target.write(nearness, at, 'latin1');
    return this.#texts.copy(slot, nearAt, this.#texts.length(slot), target, at);
  }

  #widen(): void {
    const length = 2 * this.#createdAt.length;
    this.#createdAt = wider(this.#createdAt, length);
    this.#urgentUntil = wider(this.#urgentUntil, length);
    this.#windowTo = wider(this.#windowTo, length);
    this.#idHash = wider(this.#idHash, length);
    this.#authorHash = wider(this.#authorHash, length);
    this.#place = wider(this.#place, length);
    this.#trait = wider(this.#trait, length);
    this.#urgentAt = wider(this.#urgentAt, length);
    this.#authorAt = wider(this.#authorAt, length);
    this.#nearAt = wider(this.#nearAt, length);
  }
}
