import { timeZoneOfCommune } from '@palier/domain/places';
import { EditPost } from '@palier/domain/posts';
import { m } from '@palier/messages';
import { type ActionFailure, fail } from '@sveltejs/kit';
import { type FormFailure, type ReadForm, refuseInput } from '#lib/api/forms.server.ts';
import { whens, windowOf } from './windows.ts';

/** Reads what an author changes of their post; `when` is `keep` to leave its date as it is. Hours are those of the commune (INSEE code). */
export const readEdit = (
  form: ReadForm,
  commune: string,
  now: Date,
): { edit: EditPost } | { refusal: ActionFailure<FormFailure> } => {
  const when = whens.find((one) => one === form.text('when'));
  const window =
    when &&
    windowOf(
      when,
      { day: form.text('day'), from: form.text('from'), to: form.text('to') },
      now,
      timeZoneOfCommune(commune),
    );
  const parsed = EditPost.safeParse({
    title: form.text('title').replaceAll(/\s+/g, ' ').trim(),
    details: form.text('details').trim(),
    category: form.text('category'),
    audience: form.text('audience'),
    ...(window !== undefined && { window }),
    ...(form.isOn('emergencySeen') && { emergencySeen: true }),
  });
  if (parsed.success) return { edit: parsed.data };
  const { data } = refuseInput(form, parsed.error.issues);
  const errors = {
    ...data.errors,
    ...(data.errors['window'] && { when: m.posts_when_wrong() }),
    ...(data.errors['title'] && { title: m.posts_sentence_short() }),
  };
  return { refusal: fail(400, { ...data, errors }) };
};
