import { type Outcome, outcomeOf, sendAll, type Waiting } from './waiting.ts';
import { waitingStore } from './waiting-store.ts';

const lockName = 'palier-waiting';

const send = async ({ action, fields, reader }: Waiting): Promise<Outcome> => {
  const headers = { accept: 'application/json', 'x-sveltekit-action': 'true', 'palier-as': reader };
  try {
    const response = await fetch(action, {
      method: 'POST',
      headers,
      body: new URLSearchParams(fields),
      cache: 'no-store',
    });
    return outcomeOf(response.status, (await response.json()) as Parameters<typeof outcomeOf>[1]);
  } catch {
    return 'later';
  }
};

/** Sends what waits, one sender at a time among all tabs and the worker; answers how many left. Without a network nothing is tried: what was tried may have arrived. */
export const sendWaiting = async (): Promise<number> =>
  navigator.onLine ? navigator.locks.request(lockName, () => sendAll(waitingStore, send, () => Date.now())) : 0;
