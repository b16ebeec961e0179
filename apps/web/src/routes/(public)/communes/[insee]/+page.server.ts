import type { IndicatorId, IndicatorView, OpenData, OpenRow } from '@palier/domain/insights';
import { m } from '@palier/messages';
import { categoryInWords } from '@palier/messages/categories';
import { indicatorInWords } from '@palier/messages/indicators';
import { error } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { PageServerLoad } from './$types';

const inTrend: readonly IndicatorId[] = ['active', 'favours'];
const figureOf = ({ value, suppressed, unit }: OpenRow) => ({ value, suppressed, unit });

/** The lines that stand: of each period, those of its last number. */
const lastOf = (rows: readonly OpenRow[]): OpenRow[] => {
  const numbers = new Map<string, number>();
  for (const { period, release } of rows) numbers.set(period, Math.max(release, numbers.get(period) ?? 0));
  return rows.filter(({ period, release }) => numbers.get(period) === release);
};

export const load: PageServerLoad = async ({ fetch, url, params, locals }) => {
  const { locale } = locals;
  const data = await forPage(
    url,
    apiFor(fetch).get<OpenData>(`/api/communes/${encodeURIComponent(params.insee)}/open-data`),
  );
  const rows = lastOf(data.rows).filter(({ period }) => period[5] !== 'W');
  const months = [...new Set(rows.map(({ period }) => period))].sort().reverse();
  if (months.length === 0) error(404, { message: m.insights_public_none() });
  const asked = url.searchParams.get('mois');
  const month = asked ?? months[0];
  if (month === undefined || !months.includes(month)) error(404, { message: sentenceOf('resource.absent') });
  const ofMonth = rows.filter(({ period }) => period === month);
  const indicators = ofMonth
    .filter(({ part }) => part === 'all')
    .map((row): IndicatorView => {
      const parts = ofMonth.filter(({ indicator }) => indicator === row.indicator);
      return {
        ...{ id: row.indicator, ...indicatorInWords(row.indicator, locale), figure: figureOf(row) },
        ...{ upTo: null, yearBefore: null, similar: null },
        categories: parts
          .filter(({ part }) => part === 'category')
          .map((one) => {
            const category = one.of as IndicatorView['categories'][number]['category'];
            return { category, label: categoryInWords(category, locale), figure: figureOf(one) };
          }),
        quarters: parts
          .filter(({ part }) => part === 'quarter')
          .map((one, n) => ({
            ...{ quarter: one.of, label: m.insights_quarter({ number: n + 1 }), figure: figureOf(one) },
          })),
      };
    });
  const until = months
    .filter((one) => one <= month)
    .slice(0, 12)
    .reverse();
  const trends = inTrend.map((id) => ({
    ...{ id, label: indicatorInWords(id, locale).label },
    months: until.flatMap((period) => {
      const found = rows.find((row) => row.period === period && row.indicator === id && row.part === 'all');
      return found ? [{ period, figure: figureOf(found) }] : [];
    }),
  }));
  const [first] = ofMonth;
  const release = first?.release ?? 1;
  return {
    insee: params.insee,
    name: first?.commune ?? '',
    month,
    months,
    release,
    indicators,
    trends,
    licence: data.licence,
  };
};
