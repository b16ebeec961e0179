import { m } from '@palier/messages';
import { type ActionFailure, fail } from '@sveltejs/kit';
import { ApiProblem } from './api-for.ts';
import { sentenceOf } from './sentences.server.ts';

/** What a page's form finds in `form` after a refusal: what was typed, a sentence for each field at fault, one for the whole. */
export interface FormFailure {
  values: Record<string, string | string[]>;
  errors: Record<string, string>;
  code: string;
  message: string;
  /** The idempotency key for the next attempt. */
  key: string;
  /** What the API's problem document adds for this code. */
  details: Record<string, unknown>;
}

/** A form that arrived. */
export interface ReadForm {
  /** One field, trimmed of nothing; '' when absent. */
  text: (name: string) => string;
  /** One field, undefined when absent or empty: for what is optional in a schema. */
  optional: (name: string) => string | undefined;
  /** Every value of a field that may be repeated. */
  list: (name: string) => string[];
  /** A checkbox. */
  isOn: (name: string) => boolean;
  /** What to show again: every field but passwords, codes of ours and keys. */
  values: FormFailure['values'];
  idempotencyKey: string;
}

const neverShownAgain = /password|token|idempotencyKey/i;

/** Reads the fields of a posted form; files are left out. A form without `idempotencyKey` gets a new one. */
export const readForm = async (request: Request): Promise<ReadForm> => {
  const data = await request.formData();
  const list = (name: string) => data.getAll(name).filter((value) => typeof value === 'string');
  const text = (name: string) => list(name)[0] ?? '';
  const values: FormFailure['values'] = {};
  for (const name of new Set(data.keys())) {
    if (neverShownAgain.test(name)) continue;
    const all = list(name);
    values[name] = all.length > 1 ? all : (all[0] ?? '');
  }
  return {
    text,
    optional: (name) => text(name) || undefined,
    list,
    isOn: (name) => text(name) !== '',
    values,
    idempotencyKey: text('idempotencyKey') || crypto.randomUUID(),
  };
};

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly input?: unknown;
}

const sentenceOfIssue = ({ code }: Issue): string => {
  if (code === 'too_small') return m.common_field_short();
  if (code === 'too_big') return m.common_field_long();
  if (code === 'invalid_type' || code === 'invalid_union') return m.common_field_missing();
  return m.common_field_invalid();
};

/** The refusal of what the shared schema does not accept: `fail(400)` with a sentence beside each field (its path's first name). */
export const refuseInput = (form: ReadForm, issues: readonly Issue[]): ActionFailure<FormFailure> => {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const name = String(issue.path[0] ?? '');
    errors[name] ??= form.text(name) === '' ? m.common_field_missing() : sentenceOfIssue(issue);
  }
  return fail(400, {
    values: form.values,
    errors,
    code: 'request.invalid',
    message: sentenceOf('request.invalid'),
    key: form.idempotencyKey,
    details: {},
  });
};

/** The refusal of the API, as it is shown beside the form; what is not an `ApiProblem` is thrown on. */
export const refuseAnswer = (form: ReadForm, problem: unknown): ActionFailure<FormFailure> => {
  if (!(problem instanceof ApiProblem)) throw problem;
  const { status, code, body } = problem;
  const errors = Object.fromEntries(
    problem.errors.map(({ path, message }) => [path.replace(/^\/?(body[./])?/, '').split(/[./]/)[0] ?? '', message]),
  );
  // After an answer that says no, the next attempt is another one; after none, it may be the same one arriving twice.
  const key = status >= 500 || code === 'idempotency.in-flight' ? form.idempotencyKey : crypto.randomUUID();
  return fail(status, { values: form.values, errors, code, message: sentenceOf(code), key, details: { ...body } });
};
