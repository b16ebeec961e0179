import type { IncomingMessage } from 'node:http';

/** Headers that speak of one connection and not of the call (RFC 9110, 7.6.1), and those by which whoever stands in front is believed. */
const ofConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'expect', 'te']);
const ofProxies = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
]);

function* pairsOf({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): Generator<[string, string]> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) yield [rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''];
}

type Called = Pick<IncomingMessage, 'rawHeaders' | 'headers'> & { socket: { remoteAddress?: string | undefined } };

/**
 * The headers of a call as a process of ours is to see them: from whom it came is what this connection says, and what a caller says of itself only when the operator trusts
 * a proxy in front (`keepsChain`). Upgrades keep their `Connection`.
 */
export const forwardedHeaders = (request: Called, keepsChain: boolean): string[] => {
  const isUpgrade = request.headers.upgrade !== undefined;
  const headers: string[] = [];
  const chain: string[] = [];
  for (const [name, value] of pairsOf(request)) {
    const key = name.toLowerCase();
    if (key === 'x-forwarded-for' && keepsChain) chain.push(value);
    if (ofProxies.has(key) || (ofConnection.has(key) && !(isUpgrade && key === 'connection'))) continue;
    headers.push(name, value);
  }
  if (request.headers['transfer-encoding'] !== undefined) headers.push('transfer-encoding', 'chunked');
  headers.push('x-forwarded-for', [...chain, request.socket.remoteAddress ?? ''].join(', '));
  return headers;
};

/** An answer's headers as the caller is to see them. */
export const answeredHeaders = (answer: IncomingMessage): string[] =>
  [...pairsOf(answer)].filter(([name]) => !ofConnection.has(name.toLowerCase())).flat();
