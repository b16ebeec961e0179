import { m } from '@palier/messages';
import type { ActionFailure } from '@sveltejs/kit';
import type { FormFailure } from '#lib/api/forms.server.ts';

interface Words {
  /** What a field at fault says, by its name. */
  fields?: Readonly<Record<string, string>>;
  /** Refusals of the API that are about one field, by their code. */
  codes?: Readonly<Record<string, string>>;
}

/** Says a form's refusal in the words of its own fields: each field's own sentence, and refusals about one field beside it. */
export const inWords = (refusal: ActionFailure<FormFailure>, { fields = {}, codes = {} }: Words) => {
  const { data } = refusal;
  for (const name of Object.keys(data.errors)) data.errors[name] = fields[name] ?? data.errors[name] ?? '';
  const field = codes[data.code];
  if (field) data.errors[field] = data.message;
  if (Object.keys(data.errors).length > 0) data.message = m.accounts_wrong_field();
  return refusal;
};
