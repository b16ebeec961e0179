/** What has been opened, to be closed in the reverse order, each once, whatever the others do. */
export const openClosers = (onFailure: (error: unknown) => void) => {
  const stack: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    for (let close = stack.pop(); close; close = stack.pop()) {
      try {
        await close();
      } catch (error) {
        onFailure(error);
      }
    }
  };
  return {
    push: (close: () => Promise<unknown>): void => {
      stack.push(close);
    },
    close: (): Promise<void> => (closing ??= closeAll()),
  };
};
export type Closers = ReturnType<typeof openClosers>;
