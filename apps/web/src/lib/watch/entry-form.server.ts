import { Language } from '@palier/domain/accounts';
import { getLocale } from '@palier/messages/runtime';
import type { ReadForm } from '#lib/api/forms.server.ts';

/** What the fields of an entry say, as the schema wants it; a relative without a name and a number is none. */
export const entryOf = (form: ReadForm) => {
  const floor = form.text('floor').trim();
  const contacts = [1, 2].flatMap((n) => {
    const [name, phone] = [form.text(`contactName${n}`).trim(), form.text(`contactPhone${n}`).trim()];
    return name || phone ? [{ name, phone }] : [];
  });
  return {
    name: form.text('name'),
    ...(form.optional('stairId') && { stairId: form.text('stairId') }),
    ...(floor && { floor: Number(floor) }),
    door: form.text('door'),
    topFloor: form.isOn('topFloor'),
    phone: form.text('phone').trim(),
    part: form.text('part'),
    language: form.text('language') || 'fr',
    contacts,
  };
};

/** The languages that the platform has a name for, in the reader's own. */
export const spokenLanguages = () => {
  const names = new Intl.DisplayNames([getLocale()], { type: 'language', fallback: 'none' });
  return Language.options.flatMap((value) => {
    const label = names.of(value);
    return label ? [{ value, label }] : [];
  });
};
