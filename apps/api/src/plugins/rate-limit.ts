import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** An address as limits count it: IPv6 by its /64, since one home has a whole one; IPv4 as such, also when a socket of both kinds wraps it. */
export const addressKey = (ip: string): string => {
  const wrapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (wrapped || !isIPv6(ip)) return wrapped ?? ip;
  const [head = '', tail] = ip.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const groups = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return groups.slice(0, 4).join(':');
};

/** Limits are counted by session as soon as there is one (neighbours share addresses), else by address. */
export const rateLimitKey = (request: FastifyRequest): string =>
  request.signedIn ? `s:${request.signedIn.sessionHash}` : `a:${addressKey(request.ip)}`;

/** Calls a minute (reliability.md A1): 120 for a session, 100 for an address. */
export const limitOf = (request: FastifyRequest): number => (request.signedIn ? 120 : 100);
