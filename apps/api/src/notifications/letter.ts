import type { Locale } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import type { Mail } from './mailer.ts';

/** What a mail with one thing to do says, in the reader's own language. */
export type Letter = {
  to: string;
  /** Null when we do not know what the reader is called. */
  name: string | null;
  locale: Locale;
  instance: string;
  subject: string;
  lead: string;
  button: string;
  link: string;
  notes: readonly string[];
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);

// Colours are given for both schemes, so that a mail program that darkens pages leaves it readable.
export const letterStyle = `:root{color-scheme:light dark}
body{margin:0;padding:24px 12px;background:#fbf8f3;color:#23201c;font:18px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}
main{max-width:34rem;margin:0 auto;padding:28px 24px;background:#fff;border:1px solid #e4ddd2;border-radius:14px}
p{margin:0 0 18px;overflow-wrap:anywhere}a{color:#1f5d4c}
.do{display:inline-block;padding:14px 26px;border-radius:10px;background:#1f5d4c;color:#fff;font-weight:600;text-decoration:none}
.soft{color:#5d564d;font-size:16px}.link{word-break:break-all}
@media (prefers-color-scheme:dark){body{background:#1b1916;color:#f1ece4}main{background:#24211d;border-color:#3b362f}a{color:#8fd3bd}.do{background:#8fd3bd;color:#10241d}.soft{color:#bdb4a7}}`;

/** An address among words that are already escaped, made a link that breaks where its line ends. */
const withLinks = (html: string): string =>
  html.replaceAll(/https?:\/\/[^\s<]+/g, (address) => `<a class="link" href="${address}">${address}</a>`);

/** Sets a letter as text and as HTML that says the same: no image, no tracking, no script, nothing fetched. */
export const writeLetter = (letter: Letter): Mail => {
  const { to, name, locale, instance, subject, lead, button, link, notes } = letter;
  const hello = name === null ? m.mail_hello_plain({}, { locale }) : m.mail_hello({ name }, { locale });
  const signature = m.mail_signature({ instance }, { locale });
  const footer = m.mail_footer({ instance }, { locale });
  const hint = m.mail_link_hint({}, { locale });
  const text = `${[hello, lead, `${button}${locale === 'fr' ? '\u00a0:' : ':'}\n${link}`, ...notes, signature, `-- \n${footer}`].join('\n\n')}\n`;
  const paragraph = (words: string, kind?: string): string =>
    `<p${kind ? ` class="${kind}"` : ''}>${withLinks(escapeHtml(words))}</p>`;
  const html = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title><style>${letterStyle}</style></head>
<body><main>
${paragraph(hello)}
${paragraph(lead)}
<p><a class="do" href="${escapeHtml(link)}">${escapeHtml(button)}</a></p>
${notes.map((note) => paragraph(note)).join('\n')}
${paragraph(signature)}
<p class="soft">${escapeHtml(hint)}<br><a class="link" href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>
${paragraph(footer, 'soft')}
</main></body></html>
`;
  return { to, subject, text, html, locale };
};
