import type { Locale } from '@palier/domain/accounts';
import type { WeekBoard } from '@palier/domain/offline';
import { m } from '@palier/messages';
import { a4, drawQrCode, onPaper, type Paper, paperOf } from '../paper.ts';
import { boardKind, boardWhen } from './board-words.ts';

type BoardPost = WeekBoard['posts'][number];

/** An A4 page, and what is laid on it: black on white, nothing else, so that any printer will do. */
const page = { ...a4, margin: 42, perPage: 5, postHeight: 108, stripHeight: 96, strips: 10 } as const;
const inner = page.width - 2 * page.margin;

const drawPost = (doc: Paper, post: BoardPost, y: number, timeZone: string, locale: Locale): void => {
  const qr = 78;
  const width = inner - qr - 16;
  const { margin } = page;
  doc
    .moveTo(margin, y)
    .lineTo(page.width - margin, y)
    .lineWidth(0.8)
    .stroke('#000');
  doc
    .font('strong')
    .fontSize(11)
    .text(onPaper(boardKind(post, locale)), margin, y + 10, { width });
  doc
    .font('strong')
    .fontSize(16)
    .text(onPaper(post.title), margin, y + 26, { width, height: 42, ellipsis: true });
  doc
    .font('regular')
    .fontSize(12)
    .text(onPaper(`${boardWhen(post, timeZone, locale)} · n° ${post.number}`), margin, y + 84, { width });
  drawQrCode(doc, post.url, { x: page.width - margin - qr, y: y + 14, size: qr });
};

/** Ten strips to cut between and tear off, each with the number of a post, in turn. */
const drawStrips = (doc: Paper, posts: readonly BoardPost[], locale: Locale): void => {
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
      .font('strong')
      .fontSize(15)
      .text(`n° ${post.number}`, left, top + page.stripHeight / 2 - 17, options);
    doc
      .font('regular')
      .fontSize(9)
      .text(onPaper(m.offline_board_strip({}, { locale })), left, top + page.stripHeight / 2 + 2, options);
    doc.restore();
  }
  doc.undash();
};

const drawHead = (doc: Paper, board: WeekBoard, locale: Locale): void => {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: board.timeZone });
  doc
    .font('strong')
    .fontSize(26)
    .text(onPaper(m.offline_board_title({}, { locale })), page.margin, page.margin);
  doc.font('regular').fontSize(12);
  doc.text(
    onPaper(
      m.offline_board_lead(
        { residence: board.residence.name, date: date.format(new Date(board.printedAt)) },
        { locale },
      ),
    ),
    { width: inner },
  );
  doc.text(onPaper(m.offline_board_how({}, { locale })), { width: inner });
};

/** The week's board on A4, in black on white, its fonts within: five posts a page with the QR code of each, and strips to tear off. An empty one says how to fill it. */
export const drawBoard = (board: WeekBoard, locale: Locale): Promise<Buffer> =>
  paperOf({ title: m.offline_board_title({}, { locale }), lang: locale }, (doc) => {
    const pages = Math.max(1, Math.ceil(board.posts.length / page.perPage));
    for (let n = 0; n < pages; n++) {
      if (n > 0) doc.addPage();
      const posts = board.posts.slice(n * page.perPage, (n + 1) * page.perPage);
      drawHead(doc, board, locale);
      for (const [index, post] of posts.entries())
        drawPost(doc, post, page.margin + 104 + index * page.postHeight, board.timeZone, locale);
      if (posts.length > 0) drawStrips(doc, posts, locale);
      else
        doc
          .font('regular')
          .fontSize(18)
          .text(onPaper(m.offline_board_empty({}, { locale })), page.margin, 240, { width: inner });
    }
  });
