import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { stopChild } from '../stage/server.ts';

/** A helper process of a bench: it is asked one thing at a time and answers each. */
export type Driver<Question, Answer> = {
  pid: number;
  ask: (question: Question) => Promise<Answer>;
  stop: () => Promise<void>;
};

/** Starts a file of this folder's siblings in a process of its own (`drivers/http.ts`). */
export const startDriver = <Question extends object, Answer>(
  file: string,
  execArgv: readonly string[] = [],
): Driver<Question, Answer> => {
  const child = fork(resolve(import.meta.dirname, '..', file), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    execArgv: [...execArgv],
  });
  const ask = (question: Question): Promise<Answer> =>
    new Promise((answered, failed) => {
      const onExit = (code: number | null): void => failed(new Error(`${file} ended with ${code}`));
      child.once('exit', onExit);
      child.once('message', (answer: { value: Answer } | { error: string }) => {
        child.off('exit', onExit);
        if ('error' in answer) failed(new Error(`${file}: ${answer.error}`));
        else answered(answer.value);
      });
      child.send(question);
    });
  return { pid: child.pid ?? 0, ask, stop: () => stopChild(child) };
};

/** The other end: answers every question of the bench with what `work` makes of it. */
export const answerQuestions = <Question, Answer>(work: (question: Question) => Promise<Answer>): void => {
  process.on('message', (question: Question) => {
    work(question).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
};
