import type { Me } from '@palier/domain/accounts';
import { excerptOf, timeZoneOfCommune } from '@palier/domain/places';
import { Audience, CreatePost, defaultAudience, type PostCard, screenPost } from '@palier/domain/posts';
import { detectEmergency, detectPayment, findContacts, proposeCategory } from '@palier/domain/posts/language';
import { m } from '@palier/messages';
import { type ActionFailure, fail } from '@sveltejs/kit';
import { type FormFailure, type ReadForm, refuseInput } from '#lib/api/forms.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import { behalfErrors, behalfOf } from './behalf.server.ts';
import { instantAt, whens, windowOf } from './windows.ts';

type Resident = Pick<NonNullable<Me['resident']>, 'id' | 'displayName' | 'residence' | 'cell'>;
type Reading = { draft: CreatePost; isKept: boolean } | { refusal: ActionFailure<FormFailure> };

const shownAudience = 'neighbourhood'; // what the form shows before anything is chosen

/** What the category says of who may see it, unless the author said: a frail or young person's post is kept to the residence. */
const audienceOf = (form: ReadForm, category: CreatePost['category']) => {
  const chosen = Audience.safeParse(form.text('audience')).data;
  const isKept = form.text('category') === '' && chosen === shownAudience && defaultAudience(category) !== chosen;
  return { audience: isKept || !chosen ? defaultAudience(category) : chosen, isKept };
};

const repeatsOf = (form: ReadForm, timeZone: string): { repeats?: { every: string; until: string } } => {
  const every = form.text('repeat');
  if (!every) return {};
  return { repeats: { every, until: instantAt(form.text('repeatUntil'), '23:59', timeZone)?.toISOString() ?? '' } };
};

const sentencesOf = (form: ReadForm, errors: Record<string, string>): Record<string, string> => ({
  ...errors,
  ...(errors['title'] && {
    title: form.text('title').trim().length < 3 ? m.posts_sentence_short() : m.posts_sentence_long(),
  }),
  ...(errors['window'] && { when: m.posts_when_wrong() }),
  ...(errors['repeats'] && { repeat: m.posts_repeat_missing() }),
});

/** Reads an ask or an offer from its form, in the words of the schema: the category from the words when none is chosen, hours in the commune's own time. */
export const readDraft = (form: ReadForm, resident: Resident, now: Date): Reading => {
  const timeZone = timeZoneOfCommune(resident.residence.commune);
  const title = form.text('title').replaceAll(/\s+/g, ' ').trim();
  const details = form.text('details').trim();
  const category = form.optional('category') ?? proposeCategory(`${title}\n${details}`)?.category ?? 'other';
  const { audience, isKept } = audienceOf(form, category as CreatePost['category']);
  const when = whens.find((one) => one === form.text('when')) ?? 'week';
  const window = windowOf(when, { day: form.text('day'), from: form.text('from'), to: form.text('to') }, now, timeZone);
  const { repeats } = repeatsOf(form, timeZone);
  const parsed = CreatePost.safeParse({
    kind: form.text('kind'),
    category,
    title,
    audience,
    ...(details && { details }),
    ...(form.text('helpersNeeded') && { helpersNeeded: Number(form.text('helpersNeeded')) }),
    ...(form.isOn('urgent') && { urgent: true }),
    ...(window && { window }),
    ...(repeats && { repeats: when === 'date' ? repeats : null }),
    ...behalfOf(form, timeZone),
    ...(form.isOn('hall') && { hall: true }),
    ...(form.isOn('emergencySeen') && { emergencySeen: true }),
  });
  if (parsed.success) return { draft: parsed.data, isKept };
  const { data } = refuseInput(form, parsed.error.issues);
  const errors = { ...sentencesOf(form, data.errors), ...behalfErrors(form, now, timeZone) };
  return { refusal: fail(400, { ...data, errors }) };
};

/** The words of a text that give a way to be reached, as they were written. */
export const contactWords = (text: string): string[] =>
  findContacts(text)
    .filter(({ kind }) => kind !== 'link')
    .map(({ index, length }) => text.slice(index, index + length).trim());

/** What a refusal of the words adds for whoever wrote them: whom to call, or which words. */
export const wordsAtFault = (draft: Pick<CreatePost, 'title' | 'details'>, code: string): Record<string, unknown> => {
  const text = `${draft.title}\n${draft.details ?? ''}`;
  if (code === 'post.emergency') return { numbers: detectEmergency(text)?.numbers ?? ['15', '18', '112', '114'] };
  return code === 'post.contact' ? { words: contactWords(text) } : {};
};

/** Screens the words, and for whom they are, before anything is sent, as the API will again; null when they may be published. */
export const refuseWords = (form: ReadForm, draft: CreatePost): ActionFailure<FormFailure> | null => {
  const elsewhere = draft.onBehalfOf?.livesHere === false ? ('post.elsewhere' as const) : null;
  const detectors = { emergency: detectEmergency, payment: detectPayment, contacts: findContacts, harm: () => [] };
  const screening = screenPost(
    { title: draft.title, details: draft.details ?? '' },
    draft.emergencySeen ?? false,
    detectors,
  );
  const code = screening.outcome === 'passed' ? elsewhere : screening.code;
  if (code === null) return null;
  return fail(422, {
    values: form.values,
    errors: {},
    code,
    message: sentenceOf(code),
    key: form.idempotencyKey,
    details: wordsAtFault(draft, code),
  });
};

const nobody = '00000000-0000-0000-0000-000000000000';

/** The card that a draft would become, as the nearest of its readers would see it. */
export const previewOf = (draft: CreatePost, resident: Resident, now: Date): PostCard => {
  const audience = draft.audience ?? defaultAudience(draft.category);
  const { kind, category, title, helpersNeeded = 1, urgent = false, window = null } = draft;
  const at = now.toISOString();
  return {
    id: nobody,
    kind,
    category,
    title,
    excerpt: excerptOf(draft.details ?? ''),
    audience,
    state: 'open',
    helpersNeeded,
    helpersTaken: 0,
    urgent,
    window: window && { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() },
    onBehalf: draft.onBehalfOf !== undefined,
    repeats: draft.repeats !== undefined,
    author: { id: resident.id, displayName: resident.displayName },
    place: {
      nearness: audience === 'stair' ? 'same-stair' : 'same-residence',
      cell: resident.cell,
      commune: resident.residence.commune,
    },
    createdAt: at,
    updatedAt: at,
    expiresAt: at,
  };
};
