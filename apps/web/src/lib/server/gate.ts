const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may act: reading always, else only when the browser says that it comes from our own pages, by `Origin`
 * or, where that is absent, by `Sec-Fetch-Site`. With neither the answer is no (contract.md, Sessions).
 */
export const mayAct = (request: Request, origin: string): boolean => {
  if (safeMethods.has(request.method)) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const sender = request.headers.get('origin');
  return sender === null ? site === 'same-origin' : sender === origin;
};
