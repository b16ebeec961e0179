import type { Database } from '@palier/db';
import { type Cell, cellCentre, type Viewer } from '@palier/domain/places';
import type { ListPosts } from '@palier/domain/posts';
import { cellIndexOf } from '../places/index.ts';

/** Public cells at one and the same distance from a reader's, in metres. */
export type CellGroup = Awaited<ReturnType<ReturnType<typeof cellIndexOf>['reach']>>[number];

/** Whether a public cell's centre lies in the box asked for, if there is one. */
export const isInBox = (cell: string, bbox: ListPosts['bbox']): boolean => {
  if (!bbox) return true;
  const [west, south, east, north] = bbox;
  const { lat, lon } = cellCentre(cell as Cell);
  return lat >= south && lat <= north && (west <= east ? lon >= west && lon <= east : lon >= west || lon <= east);
};

/** The cells to look into, nearest first: within the distance and the box asked for, and only where an audience lets this reader see. */
export const groupsOfCells = async (db: Database, input: ListPosts, viewer: Viewer): Promise<readonly CellGroup[]> => {
  const { audience, bbox, within } = input;
  if (audience === 'stair' || audience === 'residence') return [];
  const reach = await cellIndexOf(db).reach(viewer.cell, viewer.commune);
  const end = within === undefined ? -1 : reach.findIndex(({ m }) => m > within);
  const groups = end === -1 ? reach : reach.slice(0, end);
  if (!bbox && audience !== 'neighbourhood') return groups;
  return groups
    .map(({ m, cells }) => ({
      m,
      cells: cells.filter(({ cell, isNear }) => (isNear || audience !== 'neighbourhood') && isInBox(cell, bbox)),
    }))
    .filter(({ cells }) => cells.length > 0);
};
