import autocannon from 'autocannon';
import { answerQuestions } from './driver.ts';

/** A load over HTTP: each connection is one reader's, taken in turn from `cookies`, and asks `paths` one after the other. */
export type Load = {
  origin: string;
  method: 'GET' | 'POST';
  paths: string[];
  cookies: string[];
  body?: string;
  connections: number;
  seconds: number;
};
export type Loaded = { perSecond: number; p50Ms: number; p99Ms: number; refused: number };

answerQuestions<Load, Loaded>(async ({ origin, method, paths, cookies, body, connections, seconds }) => {
  let n = 0;
  const result = await autocannon({
    url: origin,
    connections,
    duration: seconds,
    setupClient: (client) => {
      const cookie = cookies[n++ % cookies.length] ?? '';
      const headers = {
        cookie,
        origin,
        accept: method === 'GET' ? 'text/html,application/json' : 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      client.setRequests(paths.map((path) => ({ method, path, headers, ...(body !== undefined && { body }) })));
    },
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    refused: result.non2xx + result.errors,
  };
});
