/** Values that many have alike, each kept once under a number for as long as somebody has it. */
export class Shared<T> {
  readonly #keyOf: (value: T) => string;
  readonly #numbers = new Map<string, number>();
  readonly #values: T[] = [];
  readonly #counts: number[] = [];
  readonly #unused: number[] = [];

  constructor(keyOf: (value: T) => string) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#numbers.size;
  }

  take(value: T): number {
    const key = this.#keyOf(value);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#unused.pop() ?? this.#values.length;
      this.#numbers.set(key, number);
      this.#values[number] = value;
      this.#counts[number] = 0;
    }
    this.#counts[number] = (this.#counts[number] ?? 0) + 1;
    return number;
  }

  at(number: number): T {
    return this.#values[number] as T;
  }

  leave(number: number): void {
    const left = (this.#counts[number] ?? 0) - 1;
    this.#counts[number] = left;
    if (left > 0) return;
    this.#numbers.delete(this.#keyOf(this.at(number)));
    this.#unused.push(number);
  }
}
