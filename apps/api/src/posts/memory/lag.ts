const everyMs = 100;
const sightingsMax = 64;

/** Measures how far behind the stream this process is, by the heads that readers were told and that it has not applied yet. */
export const createLag = (clock: () => number = () => performance.now()) => {
  const sightings: { head: number; at: number }[] = [];
  return {
    /** Notes the head that was just seen; answers for how many ms the oldest head not yet applied has been known, 0 when there is none. */
    see: (head: number, applied: number): number => {
      const now = clock();
      const last = sightings.at(-1);
      if (
        head > applied &&
        (!last || (head > last.head && now - last.at >= everyMs && sightings.length < sightingsMax))
      )
        sightings.push({ head, at: now });
      while (sightings[0] && sightings[0].head <= applied) sightings.shift();
      return sightings[0] ? now - sightings[0].at : 0;
    },
  };
};
