import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openPool } from '@palier/db';
import { WebSocketServer } from 'ws';
import { answerQuestions } from '../drivers/driver.ts';
import { pace } from '../rounds.ts';
import type { Listener, Published } from '../stage/audience.ts';
import { insertBare } from '../stage/bare-insert.ts';
import { openBareHub } from './bare-hub.ts';

/** Starts the limit of P3 and P5 and answers its origin; or tells of posts at a pace, storing nothing. */
export type BareQuestion =
  | { act: 'start'; url: string; people: Listener[] }
  | { act: 'tell'; posts: Published[]; perSecond: number };

type Sent = { kind: string; category: string; title: string; details: string; audience: string };

const hub = openBareHub();
let seq = -1_000_000_000;

const cardOf = (id: string, author: Listener, { details, ...words }: Sent) => {
  const now = new Date().toISOString();
  return {
    id,
    ...words,
    excerpt: details,
    state: 'open',
    helpersNeeded: 1,
    helpersTaken: 0,
    urgent: false,
    window: null,
    onBehalf: false,
    repeats: false,
    author: { id: author.id, displayName: 'Voisin' },
    createdAt: now,
    updatedAt: now,
    expiresAt: now,
  };
};

/** Only what sending costs: the posts are made here. */
const tell = async ({ author, category, audience }: Published): Promise<void> => {
  seq -= 1;
  const words = { kind: 'request', title: 'Un pain et du lait', details: 'Je rembourse les courses.' };
  hub.tell(author, cardOf(randomUUID(), author as Listener, { ...words, category, audience }), seq);
};

/** The least a live server that stores first can be: it knows its people by their cookie, inserts a post, its outbox and audit rows in one transaction, and tells the sockets around. */
const serve = async (url: string, people: readonly Listener[]): Promise<string> => {
  const pool = openPool({ url, max: 15, applicationName: 'palier bench limit' });
  const byCookie = new Map(people.map((person) => [person.cookie, person]));
  const publish = async (author: Listener, sent: Sent): Promise<object> => {
    seq -= 1;
    const mine = seq;
    const post = cardOf(await insertBare(pool, author, { seq: mine }), author, sent);
    hub.tell(author, post, mine);
    return post;
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      const author = byCookie.get(request.headers.cookie ?? '');
      if (!author) return response.writeHead(401).end();
      const post = await publish(author, JSON.parse(Buffer.concat(parts).toString()) as Sent);
      return response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ post }));
    });
  });
  server.keepAliveTimeout = 60_000; // an idle connection closed under a call would fail it
  new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 4_096 }).on('connection', (socket, request) => {
    const listener = byCookie.get(request.headers.cookie ?? '');
    if (listener) hub.add({ socket, listener });
    else socket.close(1008);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

answerQuestions<BareQuestion, string>(async (question) => {
  if (question.act === 'start') return serve(question.url, question.people);
  await pace(question.posts, question.perSecond, tell);
  return '';
});
