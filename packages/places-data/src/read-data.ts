import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The text of a file of this package's `data` folder, decompressed when its name ends in `.gz`. */
export const readData = (name: string): string => {
  const bytes = readFileSync(new URL(`../data/${name}`, import.meta.url));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

/** The rows of a CSV without its header; no file here quotes its fields (a test holds them to it). */
export const readRows = (name: string): string[][] =>
  readData(name)
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** `make`, called at the first use only. */
export const lazily = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
