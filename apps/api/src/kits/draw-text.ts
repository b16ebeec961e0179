import { m } from '@palier/messages';
import { inner, type Sheet, write, writeFoot, writeList } from './sheet.ts';

/** What to do before, during and after, on one page. */
export const drawGuide = (sheet: Sheet): void => {
  const { paper, kit, locale } = sheet;
  write(sheet, kit.title, 30, { y: 44, strong: true });
  write(sheet, kit.summary, 12.5, { y: paper.y + 4 });
  for (const [title, lines] of [
    [m.kits_before({}, { locale }), kit.before],
    [m.kits_during({}, { locale }), kit.during],
    [m.kits_after({}, { locale }), kit.after],
  ] as const) {
    write(sheet, title, 17, { y: paper.y + 14, strong: true });
    paper.y += 4;
    writeList(sheet, lines, 12.5);
  }
  for (const { number, label } of kit.contacts)
    write(sheet, `${number} · ${label}`, 12.5, { y: paper.y + 12, strong: true });
  write(sheet, m.kits_not_medical({}, { locale }), 10.5, { y: paper.y + 12 });
  writeFoot(sheet);
};

/** Where each fact was read, and when. */
export const drawSources = (sheet: Sheet): void => {
  const { paper, kit, locale } = sheet;
  write(sheet, m.kits_sources_title({}, { locale }), 20, { y: 44, strong: true });
  for (const { name, url, published, read, facts } of kit.sources) {
    const dates = [
      ...(published ? [m.kits_source_published({ date: published }, { locale })] : []),
      m.kits_source_read({ date: read }, { locale }),
    ];
    write(sheet, `${name} (${dates.join(' · ')})`, 11.5, { y: paper.y + 9, strong: true });
    if (url) write(sheet, url, 9, { width: inner });
    for (const fact of facts) write(sheet, fact, 11, { width: inner });
  }
  writeFoot(sheet);
};
