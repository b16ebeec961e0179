import { type Period, spanOf, type Tally } from '@palier/domain/insights';
import type { Context } from '../context.ts';
import { watchInSpans } from '../rounds/index.ts';

/** How the watch went in the months of one commune: the visits due, and how many came to an answer. */
export type WatchOfMonths = ReadonlyMap<string, { readonly due: Tally; readonly covered: number }>;

type Due = { readonly insee: string; readonly timeZone: string; readonly periods: readonly Period[] };

/** How the watch of these communes went in the months that are due, by commune. */
export const watchByMonth = async (
  { db, now }: Context<null>,
  dues: readonly Due[],
): Promise<ReadonlyMap<string, WatchOfMonths>> => {
  const spans = dues.flatMap(({ insee, timeZone, periods }) =>
    periods
      .filter(({ kind }) => kind === 'month')
      .map((month) => ({ month, span: spanOf(month, timeZone) }))
      .map(({ month, span }) => ({ commune: insee, id: month.id, from: new Date(span.from), to: new Date(span.to) })),
  );
  const rows = await watchInSpans(db, spans, now);
  return new Map(
    [...Map.groupBy(rows, ({ commune }) => commune)].map(([commune, months]) => [
      commune,
      new Map(
        months.map(({ id, due, people, largest, covered }) => [id, { due: { count: due, people, largest }, covered }]),
      ),
    ]),
  );
};
