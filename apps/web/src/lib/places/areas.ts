import type { Nearness, PostCard, PostKind } from '@palier/domain/posts';

/** A public cell as a map or a list of areas shows it: how many things it holds, of which kind, and all that in words. */
export interface Area {
  cell: string;
  count: number;
  kind: PostKind | 'both';
  label: string;
}

/** A public cell that holds posts. */
export interface PostArea extends Omit<Area, 'label'> {
  nearness: Nearness;
}

/** The public cells of these posts, in the order in which they are met; nearness is that of the first met. */
export const areasOf = (posts: readonly Pick<PostCard, 'kind' | 'place'>[]): PostArea[] => {
  const areas = new Map<string, PostArea>();
  for (const { kind, place } of posts) {
    const area = areas.get(place.cell);
    if (area) areas.set(place.cell, { ...area, count: area.count + 1, kind: area.kind === kind ? kind : 'both' });
    else areas.set(place.cell, { cell: place.cell, count: 1, kind, nearness: place.nearness });
  }
  return [...areas.values()];
};

const widthsM: Readonly<Record<string, number>> = { 6: 6450, 7: 2440, 8: 920, 9: 350, a: 130 };

/** About how wide a public cell is, in metres, from its resolution: √3 times H3's average edge (https://h3geo.org/docs/core-library/restable). */
export const widthOfCellM = (cell: string): number => widthsM[cell.charAt(1)] ?? 6450;
