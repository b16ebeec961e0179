import type { IndicatorId, InsightsView } from '@palier/domain/insights';
import { indicatorInWords } from '@palier/messages/indicators';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { officeAsked } from '#lib/insights/office.server.ts';
import { shapesOf } from '#lib/insights/quarter-shapes.server.ts';
import type { PageServerLoad } from './$types';

/** The month before this one: what a town hall comes to see. */
const lastMonth = (): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
};

const isAbsent = (problem: unknown): boolean => problem instanceof ApiProblem && problem.status === 404;

/** What is drawn month by month. */
const inTrend: readonly IndicatorId[] = ['active', 'favours', 'requests', 'offers', 'hours'];

export const load: PageServerLoad = async ({ fetch, url, parent, locals }) => {
  const { me } = await parent();
  const { insee, offices } = officeAsked(me, url);
  const read = (period: string) =>
    apiFor(fetch).read<InsightsView>(`/api/communes/${encodeURIComponent(insee)}/insights`, { period });
  const period = url.searchParams.get('periode');
  const { body: view, seq } = await forPage(
    url,
    period === null
      ? read(lastMonth()).catch((problem: unknown) => (isAbsent(problem) ? read('now') : Promise.reject(problem)))
      : read(period),
  );
  const trends = inTrend.map((id) => ({
    id,
    label: indicatorInWords(id, locals.locale).label,
    months: view.trend.flatMap(({ period: month, indicators }) => {
      const found = indicators.find((one) => one.id === id);
      return found ? [{ period: month, figure: found.figure }] : [];
    }),
  }));
  return { view, seq, insee, offices, trends, shapes: shapesOf(view.quarters) };
};
