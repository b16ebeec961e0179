import { type Kit, type KitPart, sourcesBehind } from '@palier/domain/kits';
import { m } from '@palier/messages';
import { inner, margin, type Sheet, write, writeFoot, writeList } from './sheet.ts';

/** How far right of a part's title its sources are named, in points. */
const beside = 100;

/** Where a part of the guide comes from, as a sentence: the numbers of its sources, or that neighbours say so. */
const originOf = (part: KitPart, { sources, locale }: Pick<Kit, 'sources' | 'locale'>): string => {
  const numbers = sourcesBehind(part, sources);
  if (numbers.length === 0) return m.kits_part_neighbours({}, { locale });
  const list = new Intl.ListFormat(locale).format(numbers.map(String));
  return m.kits_part_sources({ count: numbers.length, numbers: list }, { locale });
};

/** What to do before, during and after, on one page. */
export const drawGuide = (sheet: Sheet): void => {
  const { paper, kit, locale } = sheet;
  write(sheet, kit.title, 30, { y: 44, strong: true });
  write(sheet, kit.summary, 12.5, { y: paper.y + 4 });
  for (const [part, title] of [
    ['before', m.kits_before({}, { locale })],
    ['during', m.kits_during({}, { locale })],
    ['after', m.kits_after({}, { locale })],
  ] as const) {
    const y = paper.y + 14;
    write(sheet, originOf(part, kit), 10, { x: margin + beside, y: y + 6, width: inner - beside });
    write(sheet, title, 17, { y, strong: true });
    paper.y += 4;
    writeList(sheet, kit[part], 12.5);
  }
  for (const { number, label } of kit.contacts)
    write(sheet, `${number} · ${label}`, 12.5, { y: paper.y + 12, strong: true });
  write(sheet, m.kits_not_medical({}, { locale }), 10.5, { y: paper.y + 12 });
  writeFoot(sheet);
};

/** Where each fact was read, and when, under the numbers that the guide names. */
export const drawSources = (sheet: Sheet): void => {
  const { paper, kit, locale } = sheet;
  write(sheet, m.kits_sources_title({}, { locale }), 20, { y: 44, strong: true });
  for (const [n, { name, url, published, read, facts }] of kit.sources.entries()) {
    const dates = [
      ...(published ? [m.kits_source_published({ date: published }, { locale })] : []),
      m.kits_source_read({ date: read }, { locale }),
    ];
    write(sheet, `${n + 1}. ${name} (${dates.join(' · ')})`, 11.5, { y: paper.y + 9, strong: true });
    write(sheet, url, 9, { width: inner });
    for (const fact of facts) write(sheet, fact, 11, { width: inner });
  }
  writeFoot(sheet);
};
