import type { Category } from '@palier/domain/posts';
import type { Reader } from './reader.ts';

/** What a post is, for whoever asked to hear of some only: its category, and how far it is, in metres between public cells, reckoned when somebody's distance asks for it. */
export type Aspect = { category: Category; metres: () => number };

const anyCategory = 'any';
const noCategory = 'none';

/** Sockets of one place, by how far and about what they asked to hear: a post that opens looks at those alone that asked for such a one. */
export class Listeners {
  /** Whoever hears of everything that their rights allow, as most do. */
  readonly #wide = new Set<Reader>();
  /** Whoever asked for less: by metres (infinite where distance does not count), then by category. */
  #narrow: Map<number, Map<string, Set<Reader>>> | null = null;

  put(reader: Reader): void {
    if (!reader.interest) this.#wide.add(reader);
    else this.#bins(reader, (bin) => bin.add(reader));
  }

  take(reader: Reader): void {
    this.#wide.delete(reader);
    if (!reader.interest || !this.#narrow) return;
    this.#bins(reader, (bin) => bin.delete(reader));
    for (const [within, byCategory] of this.#narrow) {
      for (const [category, bin] of byCategory) if (bin.size === 0) byCategory.delete(category);
      if (byCategory.size === 0) this.#narrow.delete(within);
    }
    if (this.#narrow.size === 0) this.#narrow = null;
  }

  get isEmpty(): boolean {
    return this.#wide.size === 0 && this.#narrow === null;
  }

  /** Everybody here; one who asked for several categories as many times. */
  *all(): Generator<Reader> {
    yield* this.#wide;
    for (const byCategory of this.#narrow?.values() ?? []) for (const bin of byCategory.values()) yield* bin;
  }

  /** Whoever asked for such a post, each once. */
  *of({ category, metres }: Aspect): Generator<Reader> {
    yield* this.#wide;
    for (const [within, byCategory] of this.#narrow ?? []) {
      if (within !== Number.POSITIVE_INFINITY && metres() > within) continue;
      yield* byCategory.get(anyCategory) ?? [];
      yield* byCategory.get(category) ?? [];
    }
  }

  #bins(reader: Reader, act: (bin: Set<Reader>) => void): void {
    const { within, categories } = reader.interest ?? { within: null, categories: null };
    this.#narrow ??= new Map();
    const byCategory = at(this.#narrow, within ?? Number.POSITIVE_INFINITY, () => new Map<string, Set<Reader>>());
    const keys: readonly string[] = categories ?? [anyCategory];
    for (const category of new Set(keys.length > 0 ? keys : [noCategory]))
      act(at(byCategory, category, () => new Set<Reader>()));
  }
}

const at = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};
