import { schema } from '@palier/db';
import { applyTerm, terms } from '@palier/db/retention';
import { eq } from 'drizzle-orm';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { openPostOffice } from '../../test/post-office.ts';
import { newId } from '../ids.ts';
import { askToTell, openMailer, tellRelatives } from './index.ts';

const h = await openHarness();
const office = await openPostOffice();
const mailer = openMailer({ ...h.env, smtpUrl: office.url }, () => undefined);
const mailing = { ...h.deps, mailer };

const stage = async (copy: object = {}) => {
  const home = await h.mintResidence();
  const author = await h.mintResident({ residenceId: home.id, displayName: 'Camille Secret-Nom' });
  const helper = await h.mintResident({ residenceId: home.id, displayName: 'Ahmed Autre-Nom' });
  const email = `fille-${newId()}@example.test`;
  const body = {
    kind: 'request',
    category: 'errands',
    title: 'Qui peut prendre un pain ?',
    onBehalfOf: { name: 'Jeanne', consent: 'spoken', copy: { email, agreed: true, ...copy } },
  };
  const { post } = (await h.call('POST', '/posts', { as: author, body })).body;
  const [row] = await h.db.select().from(schema.postCopies).where(eq(schema.postCopies.postId, post.id));
  return { author, helper, email, post, copyId: row?.id ?? '' };
};
const mailsTo = async (email: string) =>
  Promise.all(office.received.filter(({ to }) => to.includes(email)).map(({ raw }) => simpleParser(raw)));
const linkIn = (text = '', key = 'l'): string => new RegExp(`/proche\\?${key}=([\\w.-]+)`).exec(text)?.[1] ?? '';
const ask = async (email: string, copyId: string) => {
  await askToTell(mailing, { copyId });
  const [mail] = await mailsTo(email);
  return { mail, link: linkIn(mail?.text), stop: linkIn(mail?.text, 'fin') };
};
const confirm = (link: string) => h.call('POST', '/copies/confirm', { body: { link } });
const accept = async ({ helper, post }: Awaited<ReturnType<typeof stage>>) =>
  (await h.call('POST', `/posts/${post.id}/favours`, { as: helper, body: {} })).body.favour.id as string;

test('a relative is asked first, says yes, then hears twice: someone said yes, and it is done; no more than a first name', async () => {
  const scene = await stage();
  const { mail, link } = await ask(scene.email, scene.copyId);
  expect(mail?.subject).toContain('Souhaitez-vous être tenu au courant');
  expect(mail?.text).toContain('De la part de Camille');
  const raw = office.received.find(({ to }) => to.includes(scene.email))?.raw;
  expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  const favourId = await accept(scene);
  await tellRelatives(mailing, { favourId, change: 'accepted' });
  expect(await mailsTo(scene.email)).toHaveLength(1); // nothing before they said yes

  expect((await confirm(link)).status).toBe(204);
  expect((await confirm(link)).status).toBe(204);
  await tellRelatives(mailing, { favourId, change: 'accepted' });
  await h.call('POST', `/favours/${favourId}/done`, { as: scene.helper, body: {} });
  await tellRelatives(mailing, { favourId, change: 'accepted' }); // late: it is done already
  await tellRelatives(mailing, { favourId, change: 'done:helper' });
  const mails = await mailsTo(scene.email);
  expect(mails.map(({ subject }) => subject)).toEqual([mail?.subject, 'Quelqu’un a dit oui', 'C’est fait']);
  for (const { text = '', html } of mails)
    for (const hidden of ['Secret-Nom', 'Autre-Nom', 'Jeanne', 'pain', scene.author.email, 'rue'])
      expect([hidden, text.includes(hidden) || String(html).includes(hidden)]).toEqual([hidden, false]);
  expect(mails[1]?.text).toContain('Ahmed a dit oui');
});

test('a relative who was told of a yes hears when nobody comes any more, and not when somebody else does', async () => {
  const scene = await stage();
  await confirm((await ask(scene.email, scene.copyId)).link);
  const subjects = async () => (await mailsTo(scene.email)).map(({ subject }) => subject).slice(1);
  const withdraw = async (favourId: string) => {
    await h.call('POST', `/favours/${favourId}/withdraw`, { as: scene.helper, body: { reason: 'unwell' } });
    await tellRelatives(mailing, { favourId, change: 'withdrawn' });
  };
  const first = await accept(scene);
  await tellRelatives(mailing, { favourId: first, change: 'accepted' });
  await withdraw(first);
  expect(await subjects()).toEqual(['Quelqu’un a dit oui', 'Quelqu’un d’autre est cherché']);
  expect((await mailsTo(scene.email)).at(-1)?.text).toContain('Ahmed, qui avait dit oui, ne peut finalement pas venir');

  const second = await stage();
  const standby = await h.mintResident({ residenceId: second.author.residenceId });
  await confirm((await ask(second.email, second.copyId)).link);
  const leaving = await accept(second);
  const coming = await accept({ ...second, helper: standby });
  await h.call('POST', `/favours/${leaving}/withdraw`, { as: second.helper, body: { reason: 'unwell' } });
  await tellRelatives(mailing, { favourId: leaving, change: 'withdrawn' });
  await tellRelatives(mailing, { favourId: coming, change: 'promoted' });
  const mails = await mailsTo(second.email);
  expect(mails.map(({ subject }) => subject).slice(1)).toEqual(['Quelqu’un a dit oui']);

  const late = await stage();
  const { link } = await ask(late.email, late.copyId);
  const unheard = await accept(late);
  await confirm(link); // after the yes, of which they were never told
  await h.call('POST', `/favours/${unheard}/withdraw`, { as: late.helper, body: { reason: 'unwell' } });
  await tellRelatives(mailing, { favourId: unheard, change: 'withdrawn' });
  expect(await mailsTo(late.email)).toHaveLength(1);
});

test('one click ends it, for good and for every ask; a link of one sort opens nothing of another', async () => {
  const scene = await stage({ locale: 'en' });
  const { link, stop, mail } = await ask(scene.email, scene.copyId);
  expect(mail?.subject).toBe('Would you like to be kept informed?');
  expect((await confirm(stop)).status).toBe(404);
  expect((await h.call('POST', `/mail/stop?l=${link}`)).status).toBe(404);
  expect((await confirm(`${link.startsWith('0') ? '1' : '0'}${link.slice(1)}`)).status).toBe(404);
  expect((await confirm(link)).status).toBe(204);
  const shown = await h.call('GET', `/mail/stop?l=${stop}`);
  expect([shown.status, shown.headers.location]).toEqual([303, `/proche?fin=${stop}`]);
  expect((await h.call('POST', `/mail/stop?l=${stop}`)).status).toBe(204);
  expect((await h.call('POST', `/mail/stop?l=${stop}`)).status).toBe(204);
  expect((await confirm(link)).status).toBe(404);
  await tellRelatives(mailing, { favourId: await accept(scene), change: 'accepted' });

  const again = await stage();
  await h.db.update(schema.postCopies).set({ email: scene.email }).where(eq(schema.postCopies.id, again.copyId));
  await askToTell(mailing, { copyId: again.copyId });
  expect(await mailsTo(scene.email)).toHaveLength(1);
});

test('an address is asked twice a day at most, whoever names it; one that takes no mail is written to no more', async () => {
  const scenes = [await stage(), await stage(), await stage()];
  const email = `mere-${newId()}@example.test`;
  for (const { copyId } of scenes) {
    await h.db.update(schema.postCopies).set({ email }).where(eq(schema.postCopies.id, copyId));
  }
  for (const { copyId } of scenes) await askToTell(mailing, { copyId });
  expect(await mailsTo(email)).toHaveLength(2);

  const gone = await stage();
  office.refused.add(gone.email);
  await askToTell(mailing, { copyId: gone.copyId });
  const [row] = await h.db.select().from(schema.postCopies).where(eq(schema.postCopies.id, gone.copyId));
  expect(row?.stoppedAt).not.toBeNull();
});

test('three relatives a day for one resident', async () => {
  const limited = await openHarness({ RATE_LIMITS: 'on' });
  const author = await limited.mintResident();
  await limited.db
    .update(schema.residents)
    .set({ joinedAt: new Date(Date.now() - 60 * 86_400_000) })
    .where(eq(schema.residents.id, author.id));
  const statuses = [];
  for (let n = 0; n < 4; n++) {
    const copy = { email: `x${n}@example.test`, agreed: true };
    const onBehalfOf = { name: `Jeanne ${n}`, consent: 'written', copy };
    const body = { kind: 'request', category: 'errands', title: 'Un pain', onBehalfOf };
    statuses.push((await limited.call('POST', '/posts', { as: author, body })).status);
  }
  expect(statuses).toEqual([201, 201, 201, 429]);
  const plain = { kind: 'request', category: 'errands', title: 'Un pain' };
  expect((await limited.call('POST', '/posts', { as: author, body: plain })).status).toBe(201);
});

test('without an answer the address is erased after 7 days; and without the person’s consent nobody is written down', async () => {
  const scene = await stage();
  const term = terms.find(({ name }) => name === 'relatives in copy');
  if (!term) throw new Error('no such term');
  const left = async () =>
    (await h.db.select().from(schema.postCopies).where(eq(schema.postCopies.id, scene.copyId))).length;
  await applyTerm(h.db, term, new Date(Date.now() + 6 * 86_400_000));
  expect(await left()).toBe(1);
  await applyTerm(h.db, term, new Date(Date.now() + 8 * 86_400_000));
  expect(await left()).toBe(0);
  const copy = { email: scene.email, agreed: false };
  const body = {
    kind: 'request',
    category: 'errands',
    title: 'Un pain',
    onBehalfOf: { name: 'J', consent: 'spoken', copy },
  };
  expect((await h.call('POST', '/posts', { as: scene.author, body })).status).toBe(400);
});

test('for someone of elsewhere nothing is written; when they agreed is kept, never in the future', async () => {
  const author = await h.mintResident();
  const post = (onBehalfOf: object) =>
    h.call('POST', '/posts', {
      as: author,
      body: { kind: 'request', category: 'errands', title: 'Un pain', onBehalfOf },
    });
  const person = { name: 'Jeanne', consent: 'spoken' };
  expect((await post({ ...person, livesHere: false })).body.code).toBe('post.elsewhere');
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  expect((await post({ ...person, agreedAt: at(1) })).body.code).toBe('post.consent');
  expect((await post({ ...person, agreedAt: at(-400) })).body.code).toBe('post.consent');
  expect(await h.db.select().from(schema.posts).where(eq(schema.posts.authorId, author.id))).toEqual([]);
  const agreedAt = at(-3);
  const made = await post({ ...person, livesHere: true, agreedAt });
  expect(made.status).toBe(201);
  const [kept] = await h.db
    .select()
    .from(schema.postBeneficiaries)
    .where(eq(schema.postBeneficiaries.postId, made.body.post.id));
  expect(kept).toMatchObject({ consent: 'spoken', givenAt: new Date(agreedAt) });
});
