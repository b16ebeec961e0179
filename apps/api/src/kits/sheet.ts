import type { Locale } from '@palier/domain/accounts';
import type { Kit } from '@palier/domain/kits';
import { m } from '@palier/messages';
import { a4, onPaper, type Paper } from '../paper.ts';

/** A page being drawn: of which kit, and where its page is. */
export type Sheet = { paper: Paper; kit: Kit; link: string; locale: Locale };
type Place = { x?: number; y?: number; width?: number; strong?: boolean; align?: 'left' | 'center' };

export const margin = 48;
export const inner = a4.width - 2 * margin;

/** Writes a text in black; the paper's `y` is then below it. */
export const write = ({ paper }: Sheet, text: string, size: number, place: Place = {}): void => {
  const { x = margin, y = paper.y, width = inner, strong = false, align = 'left' } = place;
  paper
    .font(strong ? 'strong' : 'regular')
    .fontSize(size)
    .fillColor('#000')
    .text(onPaper(text), x, y, { width, align });
};

/** Lines of a list, each behind a dot or a box to tick. */
export const writeList = (sheet: Sheet, lines: readonly string[], size: number, mark: 'dot' | 'box' = 'dot'): void => {
  const { paper } = sheet;
  for (const line of lines) {
    const { y } = paper;
    if (mark === 'box') paper.lineWidth(1.2).rect(margin, y, size, size).stroke('#000');
    else paper.circle(margin + 4, y + size * 0.62, size / 6).fill('#000');
    write(sheet, line, size, { x: margin + size + 8, y, width: inner - size - 8 });
    paper.y += size * (mark === 'box' ? 0.85 : 0.4);
  }
};

/** The foot of every paper: whom to call, and where the kit is. */
export const writeFoot = (sheet: Sheet): void => {
  const { paper, locale, link } = sheet;
  const whom = m.kits_emergency_foot({}, { locale });
  const where = onPaper(m.kits_paper_foot({ link }, { locale }));
  const room = paper.font('regular').fontSize(10).heightOfString(where, { width: inner });
  const y = a4.height - 54 - room;
  paper
    .lineWidth(1)
    .moveTo(margin, y - 8)
    .lineTo(a4.width - margin, y - 8)
    .stroke('#000');
  write(sheet, whom, 11, { y, strong: true });
  write(sheet, where, 10, { y: paper.y + 4 });
};
