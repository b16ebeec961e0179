import type { PageQuery } from '@palier/domain/paging';
import { openCursor, sealCursor } from './cursor.ts';
import type { Keys } from './keys.ts';

type Cut<T> = { items: T[]; next: string | null };

/**
 * A page of a list short enough to be read whole. The cursor names the last item shown: what is added or ends meanwhile before it moves nothing, and when it is itself gone the next one
 * stands in its place. `scope` is the list and its reader. Code: `cursor.invalid`.
 */
export const cutPage = <T>(
  keys: Keys,
  scope: string,
  all: readonly T[],
  { cursor, limit }: PageQuery,
  idOf: (item: T) => string,
): Cut<T> => {
  const [at, id] = cursor === undefined ? [] : openCursor(keys, scope, cursor);
  const known = at === undefined ? -1 : all.findIndex((item) => idOf(item) === id);
  const from = at === undefined ? 0 : known < 0 ? Number(at) : known + 1;
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  const hasMore = from + limit < all.length && last !== undefined;
  return { items, next: hasMore ? sealCursor(keys, scope, [from + items.length - 1, idOf(last)]) : null };
};
