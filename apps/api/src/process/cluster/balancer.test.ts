import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { openBalancer } from './balancer.ts';

const servers: Server[] = [];
const serve = async (listener: RequestListener) => {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
};
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const echo =
  (name: string): RequestListener =>
  async (asked, answer) => {
    const body = await text(asked);
    answer.writeHead(201, { 'x-name': name, 'set-cookie': ['a=1', 'b=2'] });
    answer.end(JSON.stringify({ name, body, method: asked.method, url: asked.url, headers: asked.headers }));
  };
const [one, two, pages] = await Promise.all([serve(echo('one')), serve(echo('two')), serve(echo('pages'))]);
const gone = { port: 0 };
const overloaded: RequestListener = (_asked, answer) => void answer.writeHead(503).end();

const front = async (ports: (number | null)[], { keepsChain = false, hasWeb = true } = {}) => {
  const api = ports.map((port) => ({ port: () => port }));
  const web = hasWeb ? [{ port: () => pages.port }] : [];
  const balancer = openBalancer({ api, web, keepsChain, overloaded });
  const { server, port } = await serve(balancer.handle);
  server.on('upgrade', balancer.upgrade);
  return `http://127.0.0.1:${port}`;
};
type Echoed = { name: string; body: string; method: string; url: string; headers: Record<string, string> };
const ask = async (url: string, init: RequestInit = {}) => {
  const answer = await fetch(url, init);
  return { status: answer.status, headers: answer.headers, echoed: (await answer.json().catch(() => ({}))) as Echoed };
};

test('calls of the API go round, pages go to the pages, bodies and cookies go through', async () => {
  const origin = await front([one.port, two.port]);
  const names = [];
  for (let n = 0; n < 4; n += 1) names.push((await ask(`${origin}/api/me?n=${n}`)).echoed.name);
  expect(names.toSorted()).toEqual(['one', 'one', 'two', 'two']);
  expect(names[0]).not.toBe(names[1]);
  expect((await ask(`${origin}/autour`)).echoed.name).toBe('pages');
  expect((await ask(`${origin}/apiary`)).echoed.name).toBe('pages');
  const posted = await ask(`${origin}/api/posts`, { method: 'POST', body: 'é'.repeat(70_000) });
  expect(posted.status).toBe(201);
  expect(posted.echoed.body).toBe('é'.repeat(70_000));
  expect(posted.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('a caller cannot say for whom it calls; a trusted proxy in front can', async () => {
  const forged = { 'x-forwarded-for': '198.51.100.7', 'x-forwarded-host': 'evil.test', forwarded: 'for=198.51.100.7' };
  const { headers } = (await ask(`${await front([one.port])}/api/me`, { headers: forged })).echoed;
  expect(headers['x-forwarded-for']).toBe('127.0.0.1');
  expect(headers['x-forwarded-host'] ?? headers['forwarded']).toBeUndefined();
  const behind = await ask(`${await front([one.port], { keepsChain: true })}/api/me`, { headers: forged });
  expect(behind.echoed.headers['x-forwarded-for']).toBe('198.51.100.7, 127.0.0.1');
});

test('a body without a length, and a call without a body, arrive as they were', async () => {
  const origin = new URL(await front([one.port]));
  const sent = request({ port: origin.port, method: 'POST', path: '/api/posts' });
  sent.write('par ');
  sent.end('morceaux');
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  expect(JSON.parse(await text(answer))).toMatchObject({ body: 'par morceaux' });
  expect((await ask(`${origin.origin}/api/x`, { method: 'DELETE' })).echoed).toMatchObject({
    method: 'DELETE',
    body: '',
  });
});

test('whoever does not answer is passed over; with nobody left, 503', async () => {
  const dead = await serve(() => undefined);
  dead.server.close();
  gone.port = dead.port;
  const origin = await front([gone.port, two.port, null]);
  for (let n = 0; n < 4; n += 1)
    expect((await ask(`${origin}/api/posts`, { method: 'POST', body: 'x' })).echoed).toMatchObject({
      name: 'two',
      body: 'x',
    });
  expect((await ask(`${await front([gone.port])}/api/me`)).status).toBe(503);
  expect((await ask(`${await front([null])}/api/me`)).status).toBe(503);
});

test('a process that dies in the middle of a call: 503 before it answered, a cut after', async () => {
  const silent = await serve((asked) => asked.socket.destroy());
  expect((await ask(`${await front([silent.port])}/api/posts`, { method: 'POST', body: 'x' })).status).toBe(503);
  const cut = await serve((_asked, answer) => {
    answer.writeHead(200, { 'content-length': '100' });
    answer.write('half', () => answer.destroy());
  });
  await expect(fetch(`${await front([cut.port])}/api/me`).then((answer) => answer.text())).rejects.toThrow();
});

test('an upgrade goes through to one process, both ways; with nobody, 503', async () => {
  one.server.on('upgrade', (asked, socket, head) => {
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n`);
    socket.write(String(asked.headers['x-forwarded-for']));
    socket.write(head);
    socket.pipe(socket);
  });
  const speak = async (origin: string): Promise<string> => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.write('GET /api/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nhello');
    let heard = '';
    for await (const chunk of socket) {
      heard += String(chunk);
      if (heard.endsWith('hello')) break;
    }
    return heard;
  };
  const heard = await speak(await front([gone.port, one.port]));
  expect(heard).toMatch(/^HTTP\/1.1 101 /);
  expect(heard.split('\r\n\r\n')[1]).toBe('127.0.0.1hello');
  expect(await speak(await front([null]))).toMatch(/^HTTP\/1.1 503 /);
});
