/** A way by which one process tells the others to look again. It carries no record: whatever is lost on it is found by the look every second. */
export type Wire = {
  /** Whether what is said over it is heard at present. */
  isUp(): boolean;
  stop(): Promise<void>;
};
