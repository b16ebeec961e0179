import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { qrCodeOf } from './qr-code.ts';

export type Paper = InstanceType<typeof PDFDocument>;
/** A4, in points. */
export const a4 = { width: 595.28, height: 841.89 } as const;

const { resolve } = createRequire(import.meta.url);
const fileOf = (weight: number) =>
  resolve(`@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-${weight}-normal.woff`);

/** The font has no narrow space; a plain one that does not break reads the same on paper. */
export const onPaper = (text: string): string => text.replaceAll('\u202F', '\u00A0');

/** The QR code of a link as black squares, `size` points wide, which any printer draws. */
export const drawQrCode = (paper: Paper, link: string, at: { x: number; y: number; size: number }): void => {
  const { size, path } = qrCodeOf(link);
  paper
    .save()
    .translate(at.x, at.y)
    .scale(at.size / size)
    .path(path)
    .fill('#000')
    .restore();
};

/** Dashed lines to cut along between the equal notes of a sheet; none at its edges, where no printer draws. */
export const drawCuts = (paper: Paper, columns: number, rows: number): void => {
  paper.lineWidth(0.5).dash(3, { space: 3 });
  for (let n = 1; n < columns; n++)
    paper.moveTo((n * a4.width) / columns, 0).lineTo((n * a4.width) / columns, a4.height);
  for (let n = 1; n < rows; n++) paper.moveTo(0, (n * a4.height) / rows).lineTo(a4.width, (n * a4.height) / rows);
  paper.stroke('#666').undash();
};

/** A document of A4 pages with its fonts within (`regular`, `strong`), drawn by `draw`, as bytes; with `madeOn`, always the same bytes for the same drawing. */
export const paperOf = (
  about: { title: string; lang: string; madeOn?: Date },
  draw: (paper: Paper) => void,
): Promise<Buffer> =>
  new Promise((done, failed) => {
    const margins = { top: 40, bottom: 0, left: 40, right: 40 };
    const info = { Title: onPaper(about.title), ...(about.madeOn && { CreationDate: about.madeOn }) };
    const paper = new PDFDocument({ size: 'A4', margins, lang: about.lang, info });
    const parts: Buffer[] = [];
    paper.on('data', (part: Buffer) => parts.push(part));
    paper.on('end', () => done(Buffer.concat(parts)));
    paper.on('error', failed);
    paper.registerFont('regular', fileOf(400));
    paper.registerFont('strong', fileOf(700));
    draw(paper);
    paper.end();
  });
