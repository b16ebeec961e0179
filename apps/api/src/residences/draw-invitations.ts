import type { Locale } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import { a4, drawCuts, drawQrCode, onPaper, type Paper, paperOf } from '../paper.ts';

/** What is printed: where the codes lead, and for a slip or a letter, for whom it is. */
export type Printed = {
  kind: 'poster' | 'slip' | 'letter';
  residence: string;
  host: string;
  codes: readonly { code: string; link: string; name: string }[];
};

type Words = (sentence: (inputs: { residence: string; host: string }, options: { locale: Locale }) => string) => string;
type Sheet = { paper: Paper; say: Words; printed: Printed };
const margin = 48;
const inner = a4.width - 2 * margin;

type Place = { x: number; y: number; width: number; height?: number };
const write = (paper: Paper, text: string, size: number, { x, y, ...room }: Place, strong = false) =>
  paper
    .font(strong ? 'strong' : 'regular')
    .fontSize(size)
    .fillColor('#000')
    .text(onPaper(text), x, y, { ...room, align: 'left', ...(room.height !== undefined && { ellipsis: true }) });

/** One sentence, one code, and what to do without a telephone: read from two metres, in the lift. */
const drawPoster = ({ paper, say, printed }: Sheet): void => {
  const { code = '', link = '' } = printed.codes[0] ?? {};
  write(paper, say(m.residences_poster_title), 40, { x: margin, y: 60, width: inner }, true);
  write(paper, say(m.residences_poster_lead), 19, { x: margin, y: paper.y + 14, width: inner });
  const top = Math.max(paper.y + 24, 260);
  drawQrCode(paper, link, { x: (a4.width - 240) / 2, y: top, size: 240 });
  write(paper, say(m.residences_poster_scan), 17, { x: margin, y: top + 262, width: inner });
  write(paper, code, 30, { x: margin, y: paper.y + 10, width: inner }, true);
  write(paper, say(m.residences_poster_free), 15, { x: margin, y: paper.y + 18, width: inner });
  write(paper, say(m.residences_poster_offline), 15, { x: margin, y: paper.y + 8, width: inner });
  write(paper, say(m.residences_paper_foot), 11, { x: margin, y: a4.height - 64, width: inner });
};

/** Eight slips on a sheet, two by four, each with a code of its own; lines to cut along. A long name is cut short, never written over the code. */
const drawSlips = ({ paper, say, printed }: Sheet): void => {
  const [width, height] = [a4.width / 2, a4.height / 4];
  drawCuts(paper, 2, 4);
  for (const [n, { code, link, name }] of printed.codes.entries()) {
    const [x, y] = [(n % 2) * width, Math.floor(n / 2) * height];
    drawQrCode(paper, link, { x: x + width - 112, y: y + 18, size: 92 });
    const beside = { x: x + 20, width: width - 146, height: 34 };
    const below = { x: x + 20, width: width - 40 };
    write(paper, printed.residence, 13, { ...beside, y: y + 18 }, true);
    if (name) write(paper, name, 13, { ...beside, y: paper.y + 8 });
    write(paper, code, 17, { ...below, y: y + 114 }, true);
    write(paper, `${say(m.residences_slip_text)} ${say(m.residences_slip_foot)}`, 10.5, { ...below, y: y + 138 });
  }
};

/** A letter to one household, with its own code. */
const drawLetter = ({ paper, say, printed }: Sheet): void => {
  for (const [n, { code, link, name }] of printed.codes.entries()) {
    if (n > 0) paper.addPage();
    write(paper, printed.residence, 14, { x: margin, y: 56, width: inner }, true);
    if (name) write(paper, name, 14, { x: margin, y: 120, width: inner });
    write(paper, say(m.residences_letter_hello), 14, { x: margin, y: 180, width: inner });
    write(paper, say(m.residences_letter_text), 14, { x: margin, y: paper.y + 14, width: inner });
    write(paper, say(m.residences_letter_how), 14, { x: margin, y: paper.y + 14, width: inner });
    const top = paper.y + 20;
    drawQrCode(paper, link, { x: margin, y: top, size: 130 });
    write(paper, code, 20, { x: margin + 156, y: top + 30, width: inner - 156 }, true);
    write(paper, say(m.residences_slip_foot), 12, { x: margin + 156, y: paper.y + 8, width: inner - 156 });
    write(paper, say(m.residences_poster_offline), 13, { x: margin, y: top + 156, width: inner });
    write(paper, say(m.residences_paper_foot), 11, { x: margin, y: a4.height - 64, width: inner });
  }
};

const drawers = { poster: drawPoster, slip: drawSlips, letter: drawLetter } satisfies Record<Printed['kind'], unknown>;

/** Codes on paper, in French or English, fonts within: a poster for the hall, a sheet of slips to cut out, or a letter a code. */
export const drawInvitations = (printed: Printed, locale: Locale): Promise<Buffer> => {
  const { residence, host } = printed;
  const say: Words = (sentence) => sentence({ residence, host }, { locale });
  const title = say(m.residences_poster_title);
  return paperOf({ title, lang: locale }, (paper) => drawers[printed.kind]({ paper, say, printed }));
};
