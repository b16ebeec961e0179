import type { Database, Transaction } from '@palier/db';
import { type Quarter, quartersOf } from '@palier/domain/insights';
import { communeOutline, findCommune, type Outline } from '@palier/places-data';
import { findOutlines } from './releases.queries.ts';

/** The quarters of communes, by commune: from the outline the operator loaded, else the one that ships; none where there is no outline, or too few people. */
export const quartersOfCommunes = async (
  db: Database | Transaction,
  communes: readonly string[],
): Promise<ReadonlyMap<string, readonly Quarter[]>> => {
  const loaded = new Map((await findOutlines(db, communes)).map(({ commune, outline }) => [commune, outline]));
  return new Map(
    communes.map((insee) => {
      const text = loaded.get(insee);
      const outline = text === undefined ? communeOutline(insee) : (JSON.parse(text) as Outline);
      return [insee, quartersOf(outline as never, findCommune(insee)?.population ?? null)];
    }),
  );
};
