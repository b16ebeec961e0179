import { m } from '@palier/messages';
import { a4, drawCuts, drawQrCode } from '../paper.ts';
import { inner, margin, type Sheet, write, writeFoot, writeList } from './sheet.ts';

/** One thought, read from two metres, with room to write and the kit's page as a QR code. */
export const drawPoster = (sheet: Sheet): void => {
  const { paper, kit, locale, link } = sheet;
  write(sheet, kit.poster.title, 40, { y: 52, strong: true });
  write(sheet, kit.poster.lead, 19, { y: paper.y + 14 });
  paper.y += 18;
  writeList(sheet, kit.poster.lines, 19);
  const top = paper.y + 16;
  const bottom = a4.height - 110;
  const code = 104;
  paper
    .lineWidth(1)
    .rect(margin, top, inner - code - 18, bottom - top)
    .stroke('#000');
  write(sheet, m.kits_poster_write({}, { locale }), 12, { x: margin + 12, y: top + 10, width: inner - code - 42 });
  const beside = { x: a4.width - margin - code, width: code };
  write(sheet, m.kits_poster_scan({}, { locale }), 12, { ...beside, y: bottom - code - 22, align: 'center' });
  drawQrCode(paper, link, { x: beside.x, y: bottom - code, size: code });
  writeFoot(sheet);
};

/** Six notes on a sheet, two by three, with lines to cut along and to write on. */
export const drawSlips = (sheet: Sheet): void => {
  const { paper, kit, locale } = sheet;
  const [width, height, edge] = [a4.width / 2, a4.height / 3, 22];
  const usual = [m.kits_slip_name, m.kits_slip_floor, m.kits_slip_phone].map((field) => field({}, { locale }));
  drawCuts(paper, 2, 3);
  for (let n = 0; n < 6; n++) {
    const [x, y] = [(n % 2) * width, Math.floor(n / 2) * height];
    const text = { x: x + edge, width: width - 2 * edge };
    write(sheet, kit.slip.title, 15, { ...text, y: y + 22, strong: true });
    for (const line of kit.slip.lines) write(sheet, line, 13, { ...text, y: paper.y + 5 });
    for (const [row, field] of (kit.slip.fields ?? usual).entries()) {
      const base = y + height - 106 + row * 25;
      write(sheet, field, 11, { ...text, y: base - 12 });
      paper
        .lineWidth(0.6)
        .moveTo(x + edge + 66, base)
        .lineTo(x + width - edge, base)
        .stroke('#000');
    }
    write(sheet, m.kits_emergency_foot({}, { locale }), 9, { ...text, y: y + height - 44 });
  }
};

/** Who goes when: a table to fill in by hand. */
export const drawTurns = (sheet: Sheet): void => {
  const { paper, kit, locale } = sheet;
  write(sheet, `${kit.title} · ${m.kits_paper_turns({}, { locale })}`, 24, { y: 44, strong: true });
  write(sheet, kit.turns.lead, 13, { y: paper.y + 6 });
  paper.y += 6;
  writeList(sheet, kit.turns.lines, 13);
  const columns = [
    [m.kits_turn_day, 78],
    [m.kits_turn_hour, 56],
    [m.kits_turn_what, 141],
    [m.kits_turn_who, 112],
    [m.kits_turn_standby, inner - 78 - 56 - 141 - 112],
  ] as const;
  const [top, rowHeight, bottom] = [paper.y + 10, 30, a4.height - 96];
  const rows = Math.floor((bottom - top) / rowHeight);
  paper.lineWidth(0.7);
  for (let row = 0; row <= rows; row++)
    paper
      .moveTo(margin, top + row * rowHeight)
      .lineTo(margin + inner, top + row * rowHeight)
      .stroke('#000');
  let x = margin;
  for (const [name, width] of [...columns, [null, 0] as const]) {
    paper
      .moveTo(x, top)
      .lineTo(x, top + rows * rowHeight)
      .stroke('#000');
    if (name) write(sheet, name({}, { locale }), 11.5, { x: x + 6, y: top + 9, width: width - 8, strong: true });
    x += width;
  }
  writeFoot(sheet);
};

/** A box a line. */
export const drawChecklist = (sheet: Sheet): void => {
  const { paper, kit, locale } = sheet;
  write(sheet, `${kit.title} · ${m.kits_paper_checklist({}, { locale })}`, 24, { y: 44, strong: true });
  paper.y += 22;
  writeList(sheet, kit.checklist, 17, 'box');
  writeFoot(sheet);
};
