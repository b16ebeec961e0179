import type { Finding } from './finding.ts';
import type { Crowd } from './rig/crowd.ts';

/**
 * How large a run is: `scale` 1 is the full size of reliability.md, on two cores of one's own; less for a busy machine; `isSmall` for `npm test`, where the parts that only take long are
 * left out. `seed` decides every random moment.
 */
export type Size = { scale: number; isSmall: boolean; seed: number; say: (line: string) => void };

/** A fault: what it does to a deployment over this crowd, and what was seen. */
export type Fault = (crowd: Crowd, size: Size) => Promise<Finding[]>;
/** A load, which gathers its own crowd. */
export type Load = (size: Size) => Promise<Finding[]>;
