import type { Database } from '@palier/db';
import type { ResidentContext } from '../context.ts';
import { AppError } from '../errors.ts';

/**
 * Those who look at one post together and then try for a place one after the other, in the order in which they came. What one of them learns spares the others the lock of the post;
 * what decides is the statement alone, here and in every other process.
 */
export class Round {
  #last: Promise<unknown> = Promise.resolve();
  #broken: unknown;
  /** Whether one of this round found every place taken and someone standing by. */
  isFull = false;
  /** Residents whose answer was written in this round. */
  readonly answered = new Set<string>();

  /** Runs `attempt` once those before have ended; none is made any more after one that the database could not answer. */
  inTurn<T>(attempt: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(async () => {
      if (this.#broken !== undefined) throw this.#broken;
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof AppError)) this.#broken = error;
        throw error;
      }
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

type Line = { waiting: ((round: Round) => Promise<void>)[] };

const linesOf = new WeakMap<Database, Map<string, Line>>();

const runRounds = async (lines: Map<string, Line>, postId: string, line: Line): Promise<void> => {
  while (line.waiting.length > 0) {
    await new Promise((over) => setImmediate(over)); // whoever comes in this turn of the loop is in the same round
    const round = new Round();
    await Promise.all(line.waiting.splice(0).map((enter) => enter(round)));
  }
  lines.delete(postId);
};

/**
 * Lets answers to one post in by rounds: whoever comes while a round is under way is in the next one, so that a crowd costs few statements. An answer that has a transaction of its own
 * never waits here, since it would hold its connection.
 */
export const inLine = <T>(ctx: ResidentContext, postId: string, work: (round: Round) => Promise<T>): Promise<T> => {
  if (ctx.tx) return work(new Round());
  const lines = linesOf.get(ctx.db) ?? new Map<string, Line>();
  linesOf.set(ctx.db, lines);
  return new Promise<T>((answered, failed) => {
    const enter = (round: Round): Promise<void> => work(round).then(answered, failed);
    const line = lines.get(postId);
    if (line) line.waiting.push(enter);
    else {
      const fresh: Line = { waiting: [enter] };
      lines.set(postId, fresh);
      void runRounds(lines, postId, fresh);
    }
  });
};
