import { createRequire } from 'node:module';
import type { Locale } from '@palier/domain/accounts';
import type { WeekBoard } from '@palier/domain/offline';
import { m } from '@palier/messages';
import PDFDocument from 'pdfkit';
import { create } from 'qrcode';
import { boardKind, boardWhen } from './board-words.ts';

type Document = InstanceType<typeof PDFDocument>;
type BoardPost = WeekBoard['posts'][number];

const { resolve } = createRequire(import.meta.url);
const fontOf = (weight: 400 | 700): string =>
  resolve(`@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-${weight}-normal.woff`);

/** A4 in points, and what is laid on it: black on white, nothing else, so that any printer will do. */
const page = { width: 595, height: 842, margin: 42, perPage: 5, postHeight: 108, stripHeight: 96, strips: 10 } as const;
const inner = page.width - 2 * page.margin;

/** The font has no narrow space; a plain one that does not break reads the same on paper. */
const printable = (text: string): string => text.replaceAll('\u202f', '\u00a0');

const drawQr = (doc: Document, url: string, x: number, y: number, size: number): void => {
  const { modules } = create(url, { errorCorrectionLevel: 'M' });
  const side = size / modules.size;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) doc.rect(x + column * side, y + row * side, side + 0.05, side + 0.05);
  doc.fill('#000');
};

const drawPost = (doc: Document, post: BoardPost, y: number, timeZone: string, locale: Locale): void => {
  const qr = 78;
  const width = inner - qr - 16;
  const { margin } = page;
  doc
    .moveTo(margin, y)
    .lineTo(page.width - margin, y)
    .lineWidth(0.8)
    .stroke('#000');
  doc
    .font('bold')
    .fontSize(11)
    .text(printable(boardKind(post, locale)), margin, y + 10, { width });
  doc
    .font('bold')
    .fontSize(16)
    .text(printable(post.title), margin, y + 26, { width, height: 42, ellipsis: true });
  doc
    .font('plain')
    .fontSize(12)
    .text(printable(`${boardWhen(post, timeZone, locale)} · n° ${post.number}`), margin, y + 84, { width });
  drawQr(doc, post.url, page.width - margin - qr, y + 14, qr);
};

/** Ten strips to cut between and tear off, each with the number of a post, in turn. */
const drawStrips = (doc: Document, posts: readonly BoardPost[], locale: Locale): void => {
  const top = page.height - page.margin - page.stripHeight;
  const width = inner / page.strips;
  doc
    .moveTo(page.margin, top)
    .lineTo(page.width - page.margin, top)
    .dash(4, { space: 3 })
    .stroke('#000');
  for (let n = 0; n < page.strips; n++) {
    const post = posts[n % posts.length];
    if (!post) continue;
    const x = page.margin + n * width;
    if (n > 0)
      doc
        .moveTo(x, top)
        .lineTo(x, top + page.stripHeight)
        .stroke('#000');
    doc.save();
    doc.rotate(90, { origin: [x + width / 2, top + page.stripHeight / 2] });
    const left = x + width / 2 - page.stripHeight / 2 + 4;
    const options = { width: page.stripHeight - 8, align: 'center', lineBreak: false } as const;
    doc
      .font('bold')
      .fontSize(15)
      .text(`n° ${post.number}`, left, top + page.stripHeight / 2 - 17, options);
    doc
      .font('plain')
      .fontSize(9)
      .text(printable(m.offline_board_strip({}, { locale })), left, top + page.stripHeight / 2 + 2, options);
    doc.restore();
  }
  doc.undash();
};

const drawHead = (doc: Document, board: WeekBoard, locale: Locale): void => {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: board.timeZone });
  doc
    .font('bold')
    .fontSize(26)
    .text(printable(m.offline_board_title({}, { locale })), page.margin, page.margin);
  doc.font('plain').fontSize(12);
  doc.text(
    printable(
      m.offline_board_lead(
        { residence: board.residence.name, date: date.format(new Date(board.printedAt)) },
        { locale },
      ),
    ),
    { width: inner },
  );
  doc.text(printable(m.offline_board_how({}, { locale })), { width: inner });
};

/** The week's board on A4, in black on white, its fonts within: five posts a page with the QR code of each, and strips to tear off. An empty one says how to fill it. */
export const drawBoard = async (board: WeekBoard, locale: Locale): Promise<Buffer> => {
  const title = printable(m.offline_board_title({}, { locale }));
  const doc = new PDFDocument({
    size: 'A4',
    margin: page.margin,
    lang: locale,
    info: { Title: title },
    autoFirstPage: false,
  });
  doc.registerFont('plain', fontOf(400));
  doc.registerFont('bold', fontOf(700));
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((done, failed) => {
    doc.on('end', done);
    doc.on('error', failed);
  });
  const pages = Math.max(1, Math.ceil(board.posts.length / page.perPage));
  for (let n = 0; n < pages; n++) {
    const posts = board.posts.slice(n * page.perPage, (n + 1) * page.perPage);
    doc.addPage({ size: 'A4', margins: { top: page.margin, left: page.margin, right: page.margin, bottom: 0 } });
    drawHead(doc, board, locale);
    for (const [index, post] of posts.entries())
      drawPost(doc, post, page.margin + 104 + index * page.postHeight, board.timeZone, locale);
    if (posts.length > 0) drawStrips(doc, posts, locale);
    else
      doc
        .font('plain')
        .fontSize(18)
        .text(printable(m.offline_board_empty({}, { locale })), page.margin, 240, { width: inner });
  }
  doc.end();
  await ended;
  return Buffer.concat(chunks);
};
