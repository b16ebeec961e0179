import type { Kit, KitPaper } from '@palier/domain/kits';
import { m } from '@palier/messages';
import { paperOf } from '../paper.ts';
import { drawChecklist, drawPoster, drawSlips, drawTurns } from './draw-papers.ts';
import { drawGuide, drawSources } from './draw-text.ts';
import type { Sheet } from './sheet.ts';

const drawAll = (sheet: Sheet): void => {
  drawGuide(sheet);
  for (const draw of [drawPoster, drawSlips, drawTurns, drawChecklist, drawSources]) {
    sheet.paper.addPage();
    draw(sheet);
  }
};

const drawers = {
  kit: drawAll,
  poster: drawPoster,
  slips: drawSlips,
  turns: drawTurns,
  checklist: drawChecklist,
} satisfies Record<KitPaper, (sheet: Sheet) => void>;

const names = {
  kit: m.kits_paper_kit,
  poster: m.kits_paper_poster,
  slips: m.kits_paper_slips,
  turns: m.kits_paper_turns,
  checklist: m.kits_paper_checklist,
} satisfies Record<KitPaper, unknown>;

/** A paper of a kit as PDF on A4, black on white, fonts within; the same kit is always the same bytes. `origin` is where the kit's page is. */
export const drawKit = (kit: Kit, paper: KitPaper, origin: URL): Promise<Buffer> => {
  const { locale } = kit;
  const title = `${kit.title} · ${names[paper]({}, { locale })}`;
  const link = `${origin.origin}/kits/${kit.slug}`;
  return paperOf({ title, lang: locale, madeOn: new Date(kit.updatedOn) }, (drawn) =>
    drawers[paper]({ paper: drawn, kit, link, locale }),
  );
};
