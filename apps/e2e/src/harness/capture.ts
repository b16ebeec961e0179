import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/**
 * Keeps every byte that `reader` was sent (`visitor`, `resident-001`…), for the search at the end of the run.
 * `where` says how it came: a method and path, or a frame.
 */
export const capture = (reader: string, where: string, bytes: string): void => {
  appendFileSync(join(inject('runDir'), 'captured', `${reader}.txt`), `\n=== ${where}\n${bytes}`);
};
