import type { Locale } from '@palier/domain/accounts';
import type { Figure, IndicatorId, IndicatorView, InsightsView } from '@palier/domain/insights';
import { m } from '@palier/messages';
import { a4, onPaper, type Paper, paperOf } from '../paper.ts';

const margin = 48;
const width = a4.width - 2 * margin;
const inChart: readonly IndicatorId[] = ['active', 'favours', 'requests'];

const tagOf = (locale: Locale): string => (locale === 'en' ? 'en-GB' : 'fr-FR');
const monthOf = (month: string, locale: Locale, length: 'long' | 'narrow'): string =>
  new Intl.DateTimeFormat(tagOf(locale), {
    month: length,
    ...(length === 'long' && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(new Date(`${month}-15T12:00:00Z`));

const inWords = ({ value, unit }: Figure, locale: Locale): string => {
  if (value === null) return m.insights_hidden({}, { locale });
  const number = new Intl.NumberFormat(tagOf(locale)).format(value);
  if (unit === 'people') return m.insights_rounded({ value: number }, { locale });
  if (unit === 'percent') return m.insights_value_percent({ value: number }, { locale });
  if (unit !== 'minutes') return number;
  return value < 60
    ? `${value} min`
    : `${Math.floor(value / 60)} h ${value % 60 ? String(value % 60).padStart(2, '0') : ''}`.trim();
};

/** A range is said whole, or hidden whole. */
const rangeInWords = (from: Figure, upTo: Figure | null, locale: Locale): string => {
  if (from.value === null || upTo?.value == null) return inWords(from, locale);
  const number = new Intl.NumberFormat(tagOf(locale));
  return m.insights_range({ from: number.format(from.value), to: number.format(upTo.value) }, { locale });
};

const line = (paper: Paper, y: number): void => {
  paper
    .moveTo(margin, y)
    .lineTo(a4.width - margin, y)
    .lineWidth(0.5)
    .stroke('#000');
};

const write = (
  paper: Paper,
  text: string,
  x: number,
  y: number,
  options: { size: number; strong?: boolean; width?: number; align?: 'right' | 'center' },
): void => {
  paper
    .font(options.strong ? 'strong' : 'regular')
    .fontSize(options.size)
    .fillColor('#000')
    .text(onPaper(text), x, y, { width: options.width ?? width, align: options.align ?? 'left' });
};

const drawTable = (paper: Paper, indicators: readonly IndicatorView[], from: number, locale: Locale): number => {
  const columns = [margin, margin + 270, margin + 390];
  const heads = [m.insights_paper_indicator, m.insights_paper_value, m.insights_paper_before];
  for (const [n, head] of heads.entries())
    write(paper, head({}, { locale }), columns[n] ?? margin, from, { size: 10, strong: true, width: 120 });
  let y = from + 18;
  for (const { label, figure, upTo, yearBefore } of indicators) {
    line(paper, y - 3);
    write(paper, label, margin, y, { size: 11.5, width: 260 });
    write(paper, rangeInWords(figure, upTo, locale), columns[1] ?? 0, y, { size: 12, strong: true, width: 115 });
    write(paper, yearBefore ? inWords(yearBefore, locale) : '–', columns[2] ?? 0, y, { size: 12, width: 110 });
    y += 20;
  }
  return y;
};

/** Twelve bars in black; a hidden month is an empty, dashed box, never a bar of no height. */
const drawChart = (
  paper: Paper,
  label: string,
  months: readonly { period: string; figure: Figure }[],
  top: number,
  locale: Locale,
): void => {
  write(paper, m.insights_trend_of({ label }, { locale }), margin, top, { size: 12, strong: true });
  const [base, high, step] = [top + 120, 76, width / 12];
  const number = new Intl.NumberFormat(tagOf(locale));
  const most = Math.max(1, ...months.map(({ figure }) => figure.value ?? 0));
  for (const [n, { period, figure }] of months.entries()) {
    const x = margin + n * step;
    if (figure.value === null)
      paper
        .rect(x + 4, base - 26, step - 8, 26)
        .lineWidth(0.8)
        .dash(3, { space: 2 })
        .stroke('#000')
        .undash();
    else {
      const height = Math.max(1, (figure.value / most) * high);
      paper.rect(x + 4, base - height, step - 8, height).fill('#000');
      write(paper, number.format(figure.value), x, base - height - 13, { size: 9, width: step, align: 'center' });
    }
    write(paper, monthOf(period, locale, 'narrow'), x, base + 4, { size: 9, width: step, align: 'center' });
  }
  line(paper, base);
};

/** A month for the council on two pages of A4 in black and white: the figures, then twelve months of three of them and what hides a figure. */
export const drawMonth = (view: InsightsView, locale: Locale): Promise<Buffer> => {
  const period = monthOf(view.period, locale, 'long');
  const title = m.insights_paper_title({ commune: view.name, period }, { locale });
  const foot = (paper: Paper, page: number): void =>
    write(paper, m.insights_paper_page({ page }, { locale }), margin, a4.height - 44, { size: 9, align: 'right' });
  return paperOf({ title, lang: locale }, (paper) => {
    write(paper, title, margin, 48, { size: 22, strong: true });
    write(paper, m.insights_paper_release({ number: view.release ?? 1 }, { locale }), margin, paper.y + 4, {
      size: 11,
    });
    const end = drawTable(paper, view.indicators, paper.y + 16, locale);
    write(paper, m.insights_hidden_why({}, { locale }), margin, end + 12, { size: 11 });
    write(paper, m.insights_paper_method({}, { locale }), margin, paper.y + 16, { size: 13, strong: true });
    for (const { id, label, method, source } of view.indicators) {
      const said = id === 'worth' ? `${method} ${source}` : method;
      write(paper, m.insights_paper_note({ label, method: said }, { locale }), margin, paper.y + 2, { size: 9 });
    }
    foot(paper, 1);
    paper.addPage();
    write(paper, m.insights_trends({}, { locale }), margin, 48, { size: 18, strong: true });
    write(paper, m.insights_hidden_legend_paper({}, { locale }), margin, paper.y + 2, { size: 11 });
    for (const [n, id] of inChart.entries()) {
      const label = view.indicators.find((one) => one.id === id)?.label ?? id;
      const months = view.trend.flatMap(({ period: month, indicators }) => {
        const found = indicators.find((one) => one.id === id);
        return found ? [{ period: month, figure: found.figure }] : [];
      });
      drawChart(paper, label, months, 120 + n * 180, locale);
    }
    foot(paper, 2);
  });
};
