import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reader } from '../../stage/people.ts';
import { call } from './call.ts';

/** One asking: invoked once under one key, tried until its outcome is known or time is up. */
export type Operation = {
  key: string;
  title: string;
  author: Reader;
  audience: 'residence' | 'commune';
  outcome: 'ok' | 'fail' | 'unknown';
  postId: string | null;
  startMs: number;
  /** When the answer that settled it came. */
  answeredMs: number;
  /** Each try's status (null: no answer) and how long it took, in ms. */
  tries: { status: number | null; tookMs: number; atMs: number }[];
  /** Statuses of those who then tried to accept it at once. */
  races: (number | null)[];
  /** The favours of those who were told yes, and the messages they then wrote that were acknowledged. */
  yeses: string[];
  words: string[];
};

/** A number as a word that is none: without the z some are insults or opinions, and a post that says them waits for a referent. */
const letters = (n: number): string =>
  `z${[...n.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('')}`;

let runs = 0;

/** What a run's clients did, in their own words: what the database and every reader are held against afterwards (reliability.md, 5). */
export class History {
  /** Every title of this run begins so, and no other's does. */
  readonly mark = `Essai ${letters(Math.floor(performance.timeOrigin) % 1e9)}${letters(runs++)}`;
  readonly operations: Operation[] = [];

  /** Asks once, trying again under the same key while the outcome is not known, for `patienceMs`. */
  async ask(
    origin: string,
    author: Reader,
    { audience = 'residence', details = '', patienceMs = 30_000, tries = Number.POSITIVE_INFINITY }: AskOptions = {},
  ): Promise<Operation> {
    const operation: Operation = {
      key: randomUUID(),
      title: `${this.mark} ${letters(this.operations.length)}.`,
      author,
      audience,
      outcome: 'unknown',
      postId: null,
      startMs: performance.now(),
      answeredMs: Number.NaN,
      tries: [],
      races: [],
      yeses: [],
      words: [],
    };
    this.operations.push(operation);
    const { key, title, startMs } = operation;
    const body = { kind: 'request', category: 'errands', title, details, audience };
    while (performance.now() < startMs + patienceMs && operation.tries.length < tries) {
      const answer = await call(origin, '/api/posts', { cookie: author.cookie, key, body });
      const atMs = performance.now();
      operation.tries.push({ status: answer.status, tookMs: answer.tookMs, atMs });
      operation.answeredMs = atMs;
      if (answer.status === 201) {
        operation.outcome = 'ok';
        operation.postId = (JSON.parse(answer.text) as { post: { id: string } }).post.id;
        return operation;
      }
      if (answer.status !== null && answer.status < 500 && answer.status !== 409) {
        operation.outcome = 'fail';
        return operation;
      }
      await sleep(Math.random() * Math.min(2_000, 100 * 2 ** operation.tries.length));
    }
    return operation;
  }

  /** Some of these people accept an operation's post in the same instant; whoever was told yes writes a word. */
  async race(origin: string, operation: Operation, helpers: readonly Reader[]): Promise<void> {
    if (operation.postId === null) return;
    const path = `/api/posts/${operation.postId}/favours`;
    const answers = await Promise.all(
      helpers.map(({ cookie }) => call(origin, path, { cookie, key: randomUUID(), body: {} })),
    );
    operation.races.push(...answers.map(({ status }) => status));
    for (const [at, answer] of answers.entries()) {
      const helper = helpers[at];
      if (answer.status !== 201 || !helper) continue;
      const { favour } = JSON.parse(answer.text) as { favour: { id: string } };
      operation.yeses.push(favour.id);
      await this.#write(origin, operation, favour.id, helper);
    }
  }

  /** A word in the conversation of a favour, once: whether it was acknowledged is what counts. */
  async #write(origin: string, operation: Operation, favourId: string, { cookie }: Reader): Promise<void> {
    const path = `/api/conversations/${favourId}/messages`;
    const answer = await call(origin, path, { cookie, key: randomUUID(), body: { text: 'J’arrive.' } });
    if (answer.status === 201)
      operation.words.push((JSON.parse(answer.text) as { message: { id: string } }).message.id);
  }

  /** Statuses of all tries. */
  get statuses(): (number | null)[] {
    return this.operations.flatMap(({ tries }) => tries.map(({ status }) => status));
  }
}
type AskOptions = { audience?: Operation['audience']; details?: string; patienceMs?: number; tries?: number };

/** Writes at a steady pace until `isOver`, whatever the answers do, to origins in turn. Resolves when all are answered. */
export const writeSteadily = async (
  history: History,
  {
    origins,
    authors,
    perSecond,
    isOver,
    helpers,
    ...options
  }: {
    origins: readonly string[];
    authors: readonly Reader[];
    perSecond: number;
    isOver: () => boolean;
    helpers?: (author: Reader) => readonly Reader[];
  } & AskOptions,
): Promise<void> => {
  const startMs = performance.now();
  const asking: Promise<unknown>[] = [];
  for (let n = 0; !isOver(); n += 1) {
    const waitMs = startMs + (n * 1_000) / perSecond - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    const origin = origins[n % origins.length] ?? '';
    const author = authors[n % authors.length];
    if (!author) throw new Error('nobody asks');
    const one = history.ask(origin, author, options);
    const others = n % 10 === 0 ? (helpers?.(author) ?? []) : [];
    asking.push(others.length > 0 ? one.then((operation) => history.race(origin, operation, others)) : one);
  }
  await Promise.all(asking);
};
