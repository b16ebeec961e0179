import { answerQuestions } from './driver.ts';
import { type Lines, openLines } from './lines.ts';

/** Posts, each with the cookies of those who say yes to it at the same instant; `atOnce` posts at a time. */
export type Contest = { origin: string; atOnce: number; races: { postId: string; cookies: string[] }[] };
/** How a race ended: the favours' states of those let in, and the codes of those who were not. */
export type Contested = { seconds: number; races: { postId: string; states: string[]; codes: string[] }[] };

type Race = Contest['races'][number];

const run = async (lines: Lines, origin: string, { postId, cookies }: Race): Promise<Contested['races'][number]> => {
  const { host } = new URL(origin);
  const answers = await Promise.all(
    cookies.map((cookie) =>
      lines.call(
        `POST /api/posts/${postId}/favours HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\norigin: ${origin}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`,
      ),
    ),
  );
  const parsed = answers.map(({ status, body }) => ({
    status,
    body: JSON.parse(body) as { favour?: { state: string }; code?: string },
  }));
  return {
    postId,
    states: parsed.filter(({ status }) => status === 201).map(({ body }) => body.favour?.state ?? 'unknown'),
    codes: parsed.filter(({ status }) => status !== 201).map(({ status, body }) => `${status} ${body.code}`),
  };
};

answerQuestions<Contest, Contested>(async ({ origin, atOnce, races }) => {
  const ended: Contested['races'] = [];
  const waiting = races.values();
  const lines = openLines(origin);
  const start = performance.now();
  const lane = async (): Promise<void> => {
    for (const race of waiting) ended.push(await run(lines, origin, race));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const seconds = (performance.now() - start) / 1000;
  lines.close();
  return { seconds, races: ended };
});
