import { type Cell, cellDistanceM, isNeighbourhood } from '@palier/domain/places';
import type { Reader } from '../stage/people.ts';
import type { Store } from '../stage/store.ts';
import { withinM } from './nearby-cases.ts';

/** The ids a feed must hold, found without any index: every open post's distance, worked out by the domain from every occupied cell. */
export const bruteForce = async (
  { owner }: Store,
  cells: readonly Cell[],
  reader: Reader,
  categories: readonly string[],
): Promise<string[]> => {
  const here = reader.cell as Cell;
  const { rows } = await owner.query<{ id: string }>(
    `select p.id from posts p join unnest($1::text[], $2::int[], $3::boolean[]) as d(cell, m, is_near) on d.cell = p.cell
     where p.state = 'open' and p.kind = 'request' and (cardinality($4::text[]) = 0 or p.category::text = any($4)) and
       case when p.author_id = $5 then true
         when p.residence_id = $6 then p.audience <> 'stair'
         else p.audience in ('neighbourhood', 'commune') and (d.is_near or (p.audience = 'commune' and p.commune = $7)) end
       and case when p.residence_id = $6 then 1 else d.m end <= $8
     order by case when p.residence_id = $6 then 1 else d.m end, p.created_at desc, p.id desc limit 20`,
    [
      cells,
      cells.map((cell) => cellDistanceM(cell, here)),
      cells.map((cell) => isNeighbourhood(cell, here)),
      categories,
      reader.id,
      reader.residenceId,
      reader.commune,
      withinM,
    ],
  );
  return rows.map(({ id }) => id);
};
