const together = 64;
const underWayMax = 2;
const slowMs = 250;

type Waiting<Asked, Answer> = { asked: Asked; answered: (answer: Answer) => void; failed: (error: unknown) => void };

/**
 * Asks many in one statement: whoever comes in the same turn of the loop, or while statements are under way, goes with the next one, which begins after they came, so that what was
 * acknowledged before their call is known. `ask` answers one for one, in order. Two statements at a time, more while those are slow.
 */
export const askTogether = <Asked, Answer>(
  ask: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
): ((asked: Asked) => Promise<Answer>) => {
  const waiting: Waiting<Asked, Answer>[] = [];
  let underWay = 0;
  let isGathering = false;
  let late: NodeJS.Timeout | undefined;
  const begin = async (): Promise<void> => {
    const taken = waiting.splice(0, together);
    if (taken.length === 0) return;
    underWay += 1;
    try {
      const answers = await ask(taken.map(({ asked }) => asked));
      if (answers.length !== taken.length) throw new Error('as many answers as questions');
      for (const [n, { answered }] of taken.entries()) answered(answers[n] as Answer);
    } catch (error) {
      for (const { failed } of taken) failed(error);
    }
    underWay -= 1;
    look();
  };
  const beginLate = (): void => {
    late = undefined;
    void begin();
    look();
  };
  const gather = (): void => {
    isGathering = false;
    if (underWay < underWayMax) void begin();
    look();
  };
  /** Begins at the end of this turn of the loop, in which others may come; while two are under way, once one ends or is slow. */
  const look = (): void => {
    if (waiting.length === 0 || isGathering) return;
    if (underWay >= underWayMax) {
      if (late === undefined) late = setTimeout(beginLate, slowMs);
      return;
    }
    isGathering = true;
    setImmediate(gather);
  };
  return (asked) =>
    new Promise((answered, failed) => {
      waiting.push({ asked, answered, failed });
      look();
    });
};

/** The same over any database or transaction: those who ask the same one are asked for together. */
export const askTogetherOn = <Source extends object, Asked, Answer>(
  ask: (source: Source, asked: readonly Asked[]) => Promise<readonly Answer[]>,
): ((source: Source, asked: Asked) => Promise<Answer>) => {
  const known = new WeakMap<Source, (asked: Asked) => Promise<Answer>>();
  return (source, asked) => {
    const together = known.get(source) ?? askTogether((many: readonly Asked[]) => ask(source, many));
    known.set(source, together);
    return together(asked);
  };
};
