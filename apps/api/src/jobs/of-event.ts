import type { NewJob } from './boss.ts';

/** The jobs that an event of the stream calls for; they carry ids, never a text, an address or a secret. */
export const jobsOfEvent = (event: { kind: string; change: string; sideA: string | null }): NewJob[] => {
  if (event.sideA === null) return [];
  if (event.change === 'mail.confirm' || event.change === 'mail.reset')
    return [{ queue: event.change, data: { accountId: event.sideA } }];
  return [];
};
