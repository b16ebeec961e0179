import { barOf, type Figure, seenOf, verdictOf } from './figure.ts';

/** A figure as the console says it. */
export const tellFigure = (figure: Figure): string =>
  [
    `${figure.id.padEnd(8)} ${figure.what}`,
    `         ${figure.work}   |   limit: ${figure.limit}`,
    `         ${seenOf(figure)}   bar ${barOf(figure)}   ${verdictOf(figure)}${figure.note ? `   (${figure.note})` : ''}`,
  ].join('\n');

/** How many bars were met and missed. */
export const countVerdicts = (figures: readonly Figure[]): { met: number; missed: number } => ({
  met: figures.filter((figure) => verdictOf(figure) === 'met').length,
  missed: figures.filter((figure) => verdictOf(figure) === 'MISSED').length,
});
