import type { IndicatorId, InsightsView } from '@palier/domain/insights';
import { indicatorInWords } from '@palier/messages/indicators';
import { error } from '@sveltejs/kit';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
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
  const offices = me.roles.flatMap((grant) => (grant.role === 'officer' ? [grant.commune] : [])).sort();
  const asked = url.searchParams.get('insee');
  const insee = offices.find((one) => one === asked) ?? offices[0];
  if (insee === undefined || (asked !== null && insee !== asked))
    error(404, { message: sentenceOf('resource.absent') });
  const read = (period: string) =>
    apiFor(fetch).get<InsightsView>(`/api/communes/${encodeURIComponent(insee)}/insights`, { period });
  const period = url.searchParams.get('periode');
  const view = await forPage(
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
  return { view, insee, offices, trends, shapes: shapesOf(view.quarters) };
};
