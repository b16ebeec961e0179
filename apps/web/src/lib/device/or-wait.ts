import { getLocale } from '@palier/messages/runtime';
import type { Submitting } from '#lib/ui/submitting.svelte.ts';
import type { SubmitFunction } from '$app/forms';
import { page } from '$app/state';
import type { Waiting } from './waiting.ts';

/** What a form says in a line, for the list of what waits. */
type Label = (fields: FormData) => string;

const spent = new Set<string>();

/** The form's own key the first time (it may have left with it already), a new one for what is typed after it on the same page. */
const keyOf = (fields: FormData): string => {
  const given = String(fields.get('idempotencyKey') ?? '');
  const key = given.length > 8 && !spent.has(given) ? given : crypto.randomUUID();
  spent.add(key);
  return key;
};

const keep = async (
  action: URL,
  fields: FormData,
  label: Label,
  reader: string,
  triedAt: number | null,
): Promise<void> => {
  // In the browser already: the status of the device, on every page, reads it.
  const [{ waitingStore }, { isSame }] = await Promise.all([import('./waiting-store.ts'), import('./waiting.ts')]);
  const id = keyOf(fields);
  fields.set('idempotencyKey', id);
  const texts = [...fields].filter((field): field is [string, string] => typeof field[1] === 'string');
  const waiting: Waiting = {
    id,
    reader,
    action: action.pathname + action.search,
    fields: texts,
    label: label(fields).slice(0, 200),
    page: location.pathname,
    at: Date.now(),
    triedAt,
    refusal: null,
  };
  const others = (await waitingStore.list()).filter((one) => one.id !== id);
  if (!others.some((one) => isSame(one, waiting))) await waitingStore.put(waiting);
  const registration = await navigator.serviceWorker?.getRegistration();
  const sync =
    registration && 'sync' in registration ? (registration.sync as { register?: (tag: string) => unknown }) : null;
  await Promise.resolve(sync?.register?.(`palier-${getLocale()}`)).catch(() => undefined);
};

/** A form's sending that waits on the device when there is no network: `use:enhance={orWait(sending, …)}`. What was typed is never lost, and leaves once. */
export const orWait =
  (sending: Submitting, label: Label): SubmitFunction =>
  async (input) => {
    // Nothing waits that was typed in a neighbour's name: it would leave later in one's own.
    const reader = page.data.acting ? undefined : page.data.me?.account.id;
    if (!reader) return sending.submit(input);
    const { action, formData, formElement, cancel } = input;
    const wait = async (triedAt: number | null) => {
      await keep(action, formData, label, reader, triedAt);
      formElement.reset();
    };
    if (!navigator.onLine) {
      cancel();
      return wait(null);
    }
    const after = await sending.submit(input);
    if (!after) return undefined;
    return async (answer) => {
      const { result } = answer;
      const isLost = result.type === 'error' && result.status === undefined;
      if (!isLost) return after(answer);
      sending.isSending = false;
      return wait(Date.now());
    };
  };
