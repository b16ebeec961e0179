import type { Doorbell } from '../context.ts';

/** A doorbell that a commit rings and the sequencer hears; several rings before it looks are one. */
export type HeardDoorbell = Doorbell & { onRing(listener: () => void): void };

/** The wake-up inside one process, from whoever commits to the sequencer. Nothing is lost when nobody hears it: the sequencer looks by itself too. */
export const createDoorbell = (): HeardDoorbell => {
  let listener: () => void = () => undefined;
  return {
    ring: () => listener(),
    onRing: (heard) => {
      listener = heard;
    },
  };
};
