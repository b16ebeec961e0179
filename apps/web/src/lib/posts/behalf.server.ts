import { Email } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import type { ReadForm } from '#lib/api/forms.server.ts';
import { instantAt } from './windows.ts';

/** When the person agreed: the day that was typed, at its first minute on the commune's clocks; nothing when none was, which means now. */
const agreedOf = (form: ReadForm, timeZone: string): { agreedAt?: string } => {
  const day = form.text('agreedOn');
  return day ? { agreedAt: instantAt(day, '00:00', timeZone)?.toISOString() ?? '' } : {};
};

/** The relative to be told, as the schema asks for it; nothing when no address was typed. */
const copyOf = (form: ReadForm): { copy?: { email: string; agreed: boolean } } => {
  const email = form.text('copyEmail').trim();
  return email ? { copy: { email, agreed: form.isOn('copyAgreed') } } : {};
};

/** For whom one asks, read from its form; nothing when it is for oneself. */
export const behalfOf = (form: ReadForm, timeZone: string): { onBehalfOf?: object } => {
  const name = form.text('behalfName').trim();
  if (!name) return {};
  const livesHere = form.text('behalfHome') !== 'elsewhere';
  return {
    onBehalfOf: { name, consent: form.text('consent'), livesHere, ...agreedOf(form, timeZone), ...copyOf(form) },
  };
};

/** What is missing of it, each said beside its own field. */
export const behalfErrors = (form: ReadForm, now: Date, timeZone: string): Record<string, string> => {
  if (!form.text('behalfName').trim()) return {};
  const { agreedAt } = agreedOf(form, timeZone);
  const email = form.text('copyEmail').trim();
  return {
    ...(!['spoken', 'written'].includes(form.text('consent')) && { consent: m.posts_behalf_missing() }),
    ...(agreedAt !== undefined && !(Date.parse(agreedAt) <= now.getTime()) && { agreedOn: m.error_post_consent() }),
    ...(email && !Email.safeParse(email).success && { copyEmail: m.posts_copy_wrong() }),
    ...(email && !form.isOn('copyAgreed') && { copyAgreed: m.posts_copy_missing() }),
  };
};
