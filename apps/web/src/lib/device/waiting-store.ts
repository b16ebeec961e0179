import type { Store, Waiting } from './waiting.ts';

const [base, table] = ['palier', 'waiting'];
const channelName = 'palier-waiting';

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(base, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(table, { keyPath: 'id' });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('no store'));
  });

const run = async <T>(mode: IDBTransactionMode, work: (items: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const change = database.transaction(table, mode);
      const request = work(change.objectStore(table));
      change.oncomplete = () => resolve(request.result);
      change.onabort = () => reject(change.error ?? new Error('not stored'));
    });
  } finally {
    database.close();
  }
};

const tell = (): void => {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('changed');
  channel.close();
};

/** What waits in this browser, kept in IndexedDB; every tab and the worker see the same. */
export const waitingStore: Store = {
  list: () => run('readonly', (items) => items.getAll() as IDBRequest<Waiting[]>),
  put: async (waiting) => {
    await run('readwrite', (items) => items.put(waiting));
    tell();
  },
  remove: async (id) => {
    await run('readwrite', (items) => items.delete(id));
    tell();
  },
};

/** Forgets what waits from any account but `reader`; all of it for null. */
export const forgetWaiting = async (reader: string | null): Promise<void> => {
  for (const one of await waitingStore.list()) if (one.reader !== reader) await waitingStore.remove(one.id);
};

/** Calls `changed` whenever what waits changes, in this tab or elsewhere, until what it answers is called. */
export const watchWaiting = (changed: () => unknown): (() => void) => {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = changed;
  return () => channel.close();
};
