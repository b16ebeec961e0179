declare const console: { info: (line: string) => void };
declare const performance: { now: () => number };

/** Prints a figure measured by a test, which has neither Node's types nor the browser's. */
export const print = (line: string): void => console.info(line);

/** Milliseconds from an arbitrary origin, to measure how long a rule takes. */
export const milliseconds = (): number => performance.now();
