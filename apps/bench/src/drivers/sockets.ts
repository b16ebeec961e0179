import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { pace } from '../rounds.ts';
import type { Listener, Published } from '../stage/audience.ts';
import { answerQuestions } from './driver.ts';

/** Opens sockets; publishes at a steady pace and hears what arrives; or only hears for `seconds` and until nothing comes any more. */
export type Question =
  | { act: 'open'; origin: string; listeners: Listener[] }
  | { act: 'publish'; origin: string; posts: Published[]; perSecond: number }
  | { act: 'hear'; seconds: number }
  | { act: 'close' };

/** Who heard a post: places of listeners, and ms from the publishing call to each. An id of null: its publication was refused. */
export type Heard = { id: string | null; listeners: number[]; afterMs: number[] };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const sockets: WebSocket[] = [];
/** By the id of the post: who heard it, when. */
const arrivals = new Map<string, { listener: number; atMs: number }[]>();

const idOf = (frame: Buffer): string | null => {
  const text = frame.toString('latin1', 0, 400);
  return text.startsWith('{"type":"post.opened"') ? (/"post":\{"id":"([^"]+)"/.exec(text)?.[1] ?? null) : null;
};

const open = async (origin: string, listener: Listener, place: number): Promise<void> => {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/live`, 'palier.live.v1', {
    origin,
    headers: { cookie: listener.cookie },
    perMessageDeflate: false,
  });
  sockets.push(socket);
  socket.on('message', (data: Buffer) => {
    const id = idOf(data);
    if (!id) return;
    const heard = arrivals.get(id);
    const arrival = { listener: place, atMs: performance.now() };
    if (heard) heard.push(arrival);
    else arrivals.set(id, [arrival]);
  });
  await new Promise<void>((opened, failed) => {
    socket.once('open', opened);
    socket.once('error', failed);
  });
  if (listener.categories)
    socket.send(JSON.stringify({ type: 'interest', within: null, categories: listener.categories }));
};

const openAll = async (origin: string, listeners: readonly Listener[]): Promise<void> => {
  const waiting = listeners.entries();
  const lane = async (): Promise<void> => {
    for (const [place, listener] of waiting) await open(origin, listener, place);
  };
  await Promise.all(Array.from({ length: 16 }, lane));
};

const publish = (
  origin: string,
  { author, category, audience }: Published,
): Promise<{ id: string | null; startMs: number }> => {
  const payload = JSON.stringify({
    kind: 'request',
    category,
    audience,
    title: 'Un pain et du lait',
    details: 'Je rembourse les courses sur présentation du ticket de caisse.',
  });
  const startMs = performance.now();
  return new Promise((answered) => {
    const headers = {
      cookie: author.cookie,
      origin,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(payload),
    };
    const call = request(`${origin}/api/posts`, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const isPublished = response.statusCode === 201;
        const { post } = isPublished
          ? (JSON.parse(Buffer.concat(parts).toString()) as { post: { id: string } })
          : { post: null };
        answered({ id: post?.id ?? null, startMs });
      });
    });
    call.on('error', () => answered({ id: null, startMs })); // counted as refused
    call.end(payload);
  });
};

const whenQuiet = async (): Promise<void> => {
  for (let seen = -1, until = performance.now() + 10_000; performance.now() < until; await sleep(400)) {
    const total = [...arrivals.values()].reduce((sum, list) => sum + list.length, 0);
    if (total === seen) return;
    seen = total;
  }
};

const heardOf = (id: string | null, startMs: number): Heard => {
  const heard = (id && arrivals.get(id)) || [];
  return { id, listeners: heard.map(({ listener }) => listener), afterMs: heard.map(({ atMs }) => atMs - startMs) };
};

answerQuestions<Question, Heard[]>(async (question) => {
  arrivals.clear();
  if (question.act === 'open') await openAll(question.origin, question.listeners);
  if (question.act === 'close') for (const socket of sockets) socket.terminate();
  if (question.act === 'hear') {
    await sleep(question.seconds * 1_000);
    await whenQuiet();
    return [...arrivals.keys()].map((id) => heardOf(id, 0));
  }
  if (question.act !== 'publish') return [];
  const { origin, posts, perSecond } = question;
  const published = await pace(posts, perSecond, (post) => publish(origin, post));
  await whenQuiet();
  return published.map(({ id, startMs }) => heardOf(id, startMs));
});
