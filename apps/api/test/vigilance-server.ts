import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const fixtures = join(import.meta.dirname, '../../../packages/domain/src/weather/fixtures');

/** A body of the vigilance map, as the fixtures have it. */
export const vigilanceBody = (name: string): string => readFileSync(join(fixtures, name), 'utf8');

/** What the server answers next: a body, or whatever else a server does. */
type Answer = (response: ServerResponse) => void;

/** A vigilance map on this machine: it answers as it is told, and remembers what it was asked with. */
export const openVigilance = async () => {
  const asked: IncomingHttpHeaders[] = [];
  let answer: Answer = (response) => response.writeHead(404).end();
  const server = createServer((request, response) => {
    asked.push(request.headers);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cartevigilance/encours`,
    asked,
    says: (next: Answer) => {
      answer = next;
    },
    serves: (body: string) => {
      answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    },
  };
};
