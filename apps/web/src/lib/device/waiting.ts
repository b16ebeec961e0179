/** An answer typed without a network: a form of ours, to be sent once when there is one again. */
export type Waiting = {
  /** Its idempotency key. */
  id: string;
  /** The account that typed it: it is sent in that account's name or not at all. */
  reader: string;
  /** The form's address: path and query. */
  action: string;
  fields: [string, string][];
  /** What it says, for the list of what waits. */
  label: string;
  /** The page where it was typed. */
  page: string;
  /** When it was typed, in ms. */
  at: number;
  /** When it first left without an answer, in ms: it may have arrived. */
  triedAt: number | null;
  /** Why it was refused: a sentence, or `unsure` when nobody can know any more whether it arrived. */
  refusal: string | null;
};

export type Store = {
  list: () => Promise<Waiting[]>;
  put: (waiting: Waiting) => Promise<void>;
  remove: (id: string) => Promise<void>;
};

/** What became of a sending: done, not now, or a refusal in words with its code. */
export type Outcome = 'sent' | 'later' | { code: string; sentence: string };

/** For how long the API remembers a key, less a margin, in ms: after that a second sending could be a second message. */
const keyLifeMs = 23 * 3_600_000;
/** Refusals that, after a sending without an answer, mean that it had arrived. */
const meansDone = new Set(['favour.closed', 'favour.thanked', 'favour.exists', 'check.answered']);

/**
 * Sends what waits, in the order it was typed, and stops at the first that cannot leave now. What was refused stays, with the reason and what was
 * typed. Answers how many were sent. Called under a lock that holds every tab and the worker apart.
 */
export const sendAll = async (
  store: Store,
  send: (waiting: Waiting) => Promise<Outcome>,
  now: () => number,
): Promise<number> => {
  let sent = 0;
  const waiting = (await store.list()).filter(({ refusal }) => refusal === null).sort((a, b) => a.at - b.at);
  for (const one of waiting) {
    const isRetry = one.triedAt !== null;
    if (one.triedAt !== null && now() - one.triedAt > keyLifeMs) {
      await store.put({ ...one, refusal: 'unsure' });
      continue;
    }
    const tried = { ...one, triedAt: one.triedAt ?? now() };
    await store.put(tried);
    const outcome = await send(one);
    if (outcome === 'later') return sent;
    if (outcome === 'sent' || (isRetry && meansDone.has(outcome.code))) {
      await store.remove(one.id);
      sent += 1;
    } else await store.put({ ...tried, refusal: outcome.sentence });
  }
  return sent;
};

/** Fields that differ from one press to the next of the same button. */
const ofThePress = new Set(['idempotencyKey', 'tappedAt']);

/** Whether the same already waits: whoever pressed twice said it once, at the first press. */
export const isSame = (one: Waiting, other: Waiting): boolean => {
  const said = ({ reader, action, fields }: Waiting) =>
    JSON.stringify([reader, action, fields.filter(([name]) => !ofThePress.has(name))]);
  return one.refusal === null && other.refusal === null && said(one) === said(other);
};

/** The words that someone typed in it, whole; '' when it holds none. */
export const wordsIn = ({ fields }: Pick<Waiting, 'fields'>): string =>
  fields.find(([name, value]) => (name === 'text' || name === 'note') && value.trim() !== '')?.[1] ?? '';

/** Refusals of who one is at this moment, not of what was said: it leaves once they are lifted. A reader's answer at a door waits for their code, it is not lost. */
const notNow = new Set(['idempotency.in-flight', 'session.required', 'factor.required', 'factor.missing']);

type ActionAnswer = { type?: string; location?: string; data?: unknown; error?: { message?: string } };

const failureOf = (data: unknown): { code: string; sentence: string } => {
  // The list of values that a failed action answers: the first one says at which index each field is.
  const flat = (typeof data === 'string' ? JSON.parse(data) : []) as [Record<string, number>?, ...unknown[]];
  const field = (name: string) => String(flat[flat[0]?.[name] ?? -1] ?? '');
  return { code: field('code'), sentence: field('message') };
};

/** What a form's action answered: `status` of HTTP, and the body that SvelteKit gives a form sent by script. */
export const outcomeOf = (status: number, answer: ActionAnswer): Outcome => {
  if (status >= 500 || status === 429 || status === 412) return 'later';
  if (answer.type === 'redirect') return answer.location?.startsWith('/connexion') ? 'later' : 'sent';
  if (answer.type === 'success') return 'sent';
  if (answer.type !== 'failure') return { code: '', sentence: answer.error?.message ?? '' };
  const failure = failureOf(answer.data);
  return notNow.has(failure.code) ? 'later' : failure;
};
