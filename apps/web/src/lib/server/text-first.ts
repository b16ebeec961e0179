const early = /(<link href="[^"<>]*" rel="modulepreload")>/g;

/** A page whose scripts are fetched at once, but behind its style and its letters: it is read, and of use, before they are there. */
export const textFirst = (html: string): string => {
  const end = html.indexOf('</head>');
  if (end < 0) return html;
  return html.slice(0, end).replace(early, '$1 fetchpriority="low">') + html.slice(end);
};
