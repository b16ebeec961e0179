import type { Locale } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import { escapeHtml, letterStyle } from './letter.ts';
import type { Mail } from './mailer.ts';

/** The day's e-mail: everything that waits, each with its link, in the reader's language. */
export type DigestLetter = {
  to: string;
  name: string;
  locale: Locale;
  instance: string;
  items: readonly { title: string; text: string; link: string }[];
  /** How many more wait that are not listed. */
  more: number;
  allLink: string;
  choicesLink: string;
  stopLink: string;
};

const itemStyle =
  'ul{list-style:none;margin:0 0 18px;padding:0}li{margin:0 0 14px;padding:14px 0 0;border-top:1px solid #e4ddd2}h2{margin:0 0 4px;font-size:19px}li p{margin:0 0 6px}@media (prefers-color-scheme:dark){li{border-color:#3b362f}}';

/** Sets the day's e-mail as text and as HTML that says the same: no image, no tracking, nothing fetched. */
export const writeDigest = (letter: DigestLetter): Mail => {
  const { to, name, locale, instance, items, more, allLink, choicesLink, stopLink } = letter;
  const say = { locale };
  const subject = m.mail_digest_subject({ count: items.length + more, instance }, say);
  const lead = m.mail_digest_lead({ count: items.length + more }, say);
  const hello = m.mail_hello({ name }, say);
  const open = m.mail_digest_open({}, say);
  const rest = more > 0 ? m.mail_digest_more({ count: more }, say) : null;
  const signature = m.mail_signature({ instance }, say);
  const notes = [m.mail_digest_once({}, say), m.mail_footer({ instance }, say)];
  const [choose, stop, all] = [m.mail_digest_choose({}, say), m.mail_digest_stop({}, say), m.mail_digest_all({}, say)];
  const colon = locale === 'fr' ? '\u00a0:' : ':';
  const text = `${[
    hello,
    lead,
    ...items.map((item) => `* ${item.title}\n  ${item.text}\n  ${item.link}`),
    ...(rest ? [rest] : []),
    `${all}${colon}\n${allLink}`,
    signature,
    `-- \n${notes.join('\n')}\n${choose}${colon} ${choicesLink}\n${stop}${colon} ${stopLink}`,
  ].join('\n\n')}\n`;
  const e = escapeHtml;
  const listed = items.map(
    (item) =>
      `<li><h2>${e(item.title)}</h2><p>${e(item.text)}</p><p><a href="${e(item.link)}" aria-label="${e(`${open}${colon} ${item.title}`)}">${e(open)}</a></p></li>`,
  );
  const html = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${e(subject)}</title><style>${letterStyle}${itemStyle}</style></head>
<body><main>
<p>${e(hello)}</p>
<p>${e(lead)}</p>
<ul>
${listed.join('\n')}
</ul>
${rest ? `<p>${e(rest)}</p>\n` : ''}<p><a class="do" href="${e(allLink)}">${e(all)}</a></p>
<p>${e(signature)}</p>
<p class="soft">${notes.map(e).join('<br>')}</p>
<p class="soft"><a href="${e(choicesLink)}">${e(choose)}</a> · <a href="${e(stopLink)}">${e(stop)}</a></p>
</main></body></html>
`;
  return { to, subject, text, html, locale };
};
