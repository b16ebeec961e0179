import { expect, test } from 'vitest';
import { askTogether } from './ask-together.ts';

/** Statements that end when the test says so. */
const held = () => {
  const asked: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const ask = (numbers: readonly number[]): Promise<number[]> => {
    asked.push(numbers);
    return new Promise((answered, failed) => {
      ends.push(() => (numbers.includes(13) ? failed(new Error('thirteen')) : answered(numbers.map((n) => n * 10))));
    });
  };
  return { asked, end: (n: number) => ends[n]?.(), ask };
};

test('whoever comes while two statements are under way goes with the next, in order, and each gets their own answer', async () => {
  const { asked, end, ask } = held();
  const together = askTogether(ask);
  const answers = [1, 2, 3, 4, 5].map((n) => together(n));
  expect(asked).toEqual([[1], [2]]);
  end(1);
  expect(await answers[1]).toBe(20);
  expect(asked).toEqual([[1], [2], [3, 4, 5]]);
  end(0);
  end(2);
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50]);
});

test('a statement that fails fails those who went with it, and nobody else', async () => {
  const { end, ask } = held();
  const together = askTogether(ask);
  const answers = Promise.allSettled([1, 2, 13, 4].map((n) => together(n)));
  end(0);
  await Promise.resolve();
  end(1);
  const last = together(5);
  while ((await Promise.race([last, Promise.resolve('waiting')])) === 'waiting') {
    end(2);
    end(3);
    await new Promise((turn) => setImmediate(turn));
  }
  expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
  expect(await last).toBe(50);
});

test('statements that hang hold nobody back for ever: others begin beside them', async () => {
  const { asked, end, ask } = held();
  const together = askTogether(ask);
  const [, , third] = [together(1), together(2), together(3)];
  while (asked.length < 3) await new Promise((turn) => setImmediate(turn));
  end(2);
  expect(await third).toBe(30);
});
