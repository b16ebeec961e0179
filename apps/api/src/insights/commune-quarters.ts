import type { Database, Transaction } from '@palier/db';
import { type Quarter, quartersOf } from '@palier/domain/insights';
import { communeOutline, findCommune } from '@palier/places-data';
import { findOutlines } from './releases.queries.ts';

const shipped = new Map<string, readonly Quarter[]>();

/** Outlines that ship never change while the process runs: each is divided once. */
const quartersOfShipped = (insee: string): readonly Quarter[] => {
  const quarters =
    shipped.get(insee) ?? quartersOf(communeOutline(insee) as never, findCommune(insee)?.population ?? null);
  shipped.set(insee, quarters);
  return quarters;
};

/** The quarters of communes, by commune: from the outline the operator loaded, else the one that ships; none where there is no outline, or too few people. */
export const quartersOfCommunes = async (
  db: Database | Transaction,
  communes: readonly string[],
): Promise<ReadonlyMap<string, readonly Quarter[]>> => {
  const loaded = new Map((await findOutlines(db, communes)).map(({ commune, outline }) => [commune, outline]));
  return new Map(
    communes.map((insee) => {
      const text = loaded.get(insee);
      if (text === undefined) return [insee, quartersOfShipped(insee)];
      return [insee, quartersOf(JSON.parse(text) as never, findCommune(insee)?.population ?? null)];
    }),
  );
};
