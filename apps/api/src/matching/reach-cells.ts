import type { Database } from '@palier/db';
import type { Ring } from '@palier/domain/matching';
import type { StoredPost } from '@palier/domain/places';
import { cellIndexOf } from '../places/index.ts';

/** Nearest first and no more: beyond, a post has had more candidates than it needs. */
const cellsMax = 400;

const ringOfGroup = (m: number, isNear: boolean): Ring =>
  m <= 300 ? 'near-300' : m <= 1000 ? 'near-1000' : isNear ? 'near-2000' : 'commune';

/** The public cells beyond a post's own residence that its audience reaches, nearest first: all of them, or those of one ring. */
export const cellsReached = async (
  db: Database,
  post: Pick<StoredPost, 'cell' | 'commune' | 'audience'>,
  ring?: Ring,
): Promise<string[]> => {
  if (post.audience === 'stair' || post.audience === 'residence') return [];
  const found: string[] = [];
  for (const { m, cells } of await cellIndexOf(db).reach(post.cell, post.commune))
    for (const { cell, isNear } of cells) {
      if (!isNear && post.audience === 'neighbourhood') continue;
      if (ring !== undefined && ringOfGroup(m, isNear) !== ring) continue;
      if (found.length >= cellsMax) return found;
      found.push(cell);
    }
  return found;
};
