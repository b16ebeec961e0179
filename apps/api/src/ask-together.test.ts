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

const turn = (): Promise<void> => new Promise((over) => setImmediate(over));
/** Waits until so many statements have begun. */
const begun = async (asked: readonly unknown[], count: number): Promise<void> => {
  while (asked.length < count) await turn();
};

test('whoever comes in one turn goes together; while two are under way, with the next, in order, and each gets their own answer', async () => {
  const { asked, end, ask } = held();
  const together = askTogether(ask);
  const first = [1, 2].map((n) => together(n));
  expect(asked).toEqual([]);
  await begun(asked, 1);
  const second = together(3);
  await begun(asked, 2);
  const rest = [4, 5, 6].map((n) => together(n));
  await turn();
  expect(asked).toEqual([[1, 2], [3]]);
  end(1);
  expect(await second).toBe(30);
  await begun(asked, 3);
  expect(asked).toEqual([[1, 2], [3], [4, 5, 6]]);
  end(0);
  end(2);
  expect(await Promise.all([...first, ...rest])).toEqual([10, 20, 40, 50, 60]);
});

test('more than one statement holds go with two at once', async () => {
  const { asked, end, ask } = held();
  const together = askTogether(ask);
  const answers = Array.from({ length: 150 }, (_, n) => together(n + 100));
  await begun(asked, 2);
  expect(asked.map(({ length }) => length)).toEqual([64, 64]);
  end(0);
  await begun(asked, 3);
  expect(asked[2]).toHaveLength(22);
  end(1);
  end(2);
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 150 }, (_, n) => (n + 100) * 10));
});

test('a statement that fails fails those who went with it, and nobody else', async () => {
  const { asked, end, ask } = held();
  const together = askTogether(ask);
  const first = Promise.allSettled([together(1)]);
  await begun(asked, 1);
  const second = Promise.allSettled([2, 13].map((n) => together(n)));
  await begun(asked, 2);
  const third = together(4);
  end(1);
  await begun(asked, 3);
  end(0);
  end(2);
  const settled = [...(await first), ...(await second)].map(({ status }) => status);
  expect(settled).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await third).toBe(40);
});

test('statements that hang hold nobody back for ever: others begin beside them', async () => {
  const { asked, end, ask } = held();
  const together = askTogether(ask);
  for (const n of [1, 2]) {
    void together(n);
    await begun(asked, n);
  }
  const third = together(3);
  await begun(asked, 3);
  end(2);
  expect(await third).toBe(30);
});
