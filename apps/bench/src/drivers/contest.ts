import { Agent, request } from 'node:http';
import { answerQuestions } from './driver.ts';

/** Posts, each with the cookies of those who say yes to it at the same instant; `atOnce` posts at a time. */
export type Contest = { origin: string; atOnce: number; races: { postId: string; cookies: string[] }[] };
/** How a race ended: the favours' states of those let in, and the codes of those who were not. */
export type Contested = { seconds: number; races: { postId: string; states: string[]; codes: string[] }[] };

const agent = new Agent({ keepAlive: true, maxSockets: 128 });

const accept = (origin: string, postId: string, cookie: string): Promise<{ status: number; body: string }> =>
  new Promise((answered, failed) => {
    const headers = { cookie, origin, 'content-type': 'application/json', 'content-length': 2 };
    const call = request(`${origin}/api/posts/${postId}/favours`, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => answered({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
    });
    call.on('error', failed);
    call.end('{}');
  });

answerQuestions<Contest, Contested>(async ({ origin, atOnce, races }) => {
  const ended: Contested['races'] = [];
  const waiting = races.values();
  const start = performance.now();
  const lane = async (): Promise<void> => {
    for (const { postId, cookies } of waiting) {
      const answers = await Promise.all(cookies.map((cookie) => accept(origin, postId, cookie)));
      const parsed = answers.map(({ status, body }) => ({
        status,
        body: JSON.parse(body) as { favour?: { state: string }; code?: string },
      }));
      ended.push({
        postId,
        states: parsed.filter(({ status }) => status === 201).map(({ body }) => body.favour?.state ?? 'unknown'),
        codes: parsed.filter(({ status }) => status !== 201).map(({ status, body }) => `${status} ${body.code}`),
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { seconds: (performance.now() - start) / 1000, races: ended };
});
