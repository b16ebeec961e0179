/** What was made lately, by the text it is made from: at most twice `half` of them, those that nobody asked for the longest go first. */
export class Lately<Made> {
  #young = new Map<string, Made>();
  #old = new Map<string, Made>();
  readonly #half: number;

  constructor(half: number) {
    this.#half = half;
  }

  /** What was made from `key`, or what `make` makes of it now. */
  get(key: string, make: (key: string) => Made): Made {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const own = this.#old.get(key);
    const made = own ?? make(key);
    if (this.#young.size >= this.#half) [this.#old, this.#young] = [this.#young, new Map()];
    // A piece of a longer text would hold the whole of it in memory.
    this.#young.set(Buffer.from(key).toString(), made);
    return made;
  }
}
