import type { Readiness } from '../context.ts';

/** What must be up before `/api/ready` says so; each part ticks itself off when it is. */
export const openReadiness = (parts: readonly string[]) => {
  const waiting = new Set(parts);
  const live: {
    bus: Readiness['bus'];
    sockets: Readiness['sockets'];
    head: Readiness['head'];
    missing: Readiness['missing'];
  } = {
    bus: () => 'local',
    sockets: () => 0,
    head: () => 0,
    missing: () => [],
  };
  const readiness: Readiness = {
    missing: () => [...waiting, ...live.missing()],
    bus: () => live.bus(),
    sockets: () => live.sockets(),
    head: () => live.head(),
  };
  return {
    readiness,
    done: (part: string): void => {
      waiting.delete(part);
    },
    undone: (part: string): void => {
      waiting.add(part);
    },
    /** What the live side says of itself, once it is there. */
    attach: (says: Partial<typeof live>): void => {
      Object.assign(live, says);
    },
  };
};
export type ReadinessBoard = ReturnType<typeof openReadiness>;
