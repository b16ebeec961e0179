import { createECDH, randomBytes } from 'node:crypto';
import { beforeAll, expect, inject, it } from 'vitest';
import { Caller, type Person, resident, signIn, visitor } from '../harness/caller.ts';
import { linkIn, mailTo } from '../harness/mails.ts';
import { accept, ask } from '../harness/neighbour.ts';
import { anyOf, type Captured, readCaptured, readEverything, sightings } from './reading.ts';

/** A secret that was planted, and the only readers who may have been sent it. */
type Planted = { what: string; token: string; owners: string[] };
const planted: Planted[] = [];
let readers: Captured[] = [];

const mark = Date.now().toString(36);
const relative = `canari-proche-${mark}@palier.test`;
const fresh = `canari-nouvelle-${mark}@palier.test`;
const endpoint = `http://${inject('pushHost')}/canari-${mark}`;

const expectMade = async (asked: ReturnType<Caller['post']>): Promise<string> => {
  const { status, text } = await asked;
  if (status >= 300) throw new Error(`not planted: ${status} ${text}`);
  return text;
};

/** A favour for someone whose relative is kept in copy, a device that is pushed to, an address that is about to change. */
const plantOfAuthor = async (author: Person, helper: Person): Promise<void> => {
  const keys = {
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
  };
  await expectMade(author.post('/api/me/push', { endpoint, keys }));
  await expectMade(author.post('/api/me/email', { email: fresh, password: 'palier-demo' }));
  const copy = { email: relative, agreed: true };
  const onBehalfOf = { name: 'Odette', consent: 'spoken', copy };
  const postId = await ask(author, 'Qui peut passer à la pharmacie ?', { audience: 'commune', onBehalfOf });
  const link = linkIn(await mailTo(relative), '/proche');
  const secret = new URL(link).searchParams.get('l') ?? '';
  await expectMade(new Caller('proche').post('/api/copies/confirm', { link: secret }));
  const favourId = await accept(helper, postId);
  await expectMade(helper.post(`/api/favours/${favourId}/done`, {}));
  planted.push(
    { what: 'a relative’s address', token: relative, owners: [author.reader] },
    { what: 'the link of a relative', token: secret, owners: ['proche'] },
    { what: 'a push endpoint', token: endpoint, owners: [author.reader] },
    { what: 'an address that is not confirmed yet', token: fresh, owners: [author.reader] },
  );
};

/** A lobby's screen, slips and an invitation, as those who look after a residence make them. */
const plantOfHome = async (referent: Person, inviter: Person): Promise<string> => {
  const home = (await inviter.get('/api/me')).json.residence.id;
  const hall = /\/hall\/([\w-]{43})/.exec(
    await expectMade(referent.post(`/api/residences/${home}/hall-screens`, {})),
  )?.[1];
  for (const path of [`/api/hall/${hall}`, `/hall/${hall}`]) await new Caller('hall').get(path);
  const codeIn = (text: string) => /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(text)?.[0] ?? '';
  const slip = codeIn(await expectMade(referent.post(`/api/residences/${home}/invitations`, { kind: 'slip' })));
  const invitation = codeIn(await expectMade(inviter.post('/api/me/invitations', {})));
  planted.push(
    { what: 'a lobby’s address', token: hall ?? '', owners: [referent.reader, 'hall'] },
    { what: 'a slip’s code', token: slip, owners: [referent.reader] },
    { what: 'an invitation’s code', token: invitation, owners: [inviter.reader] },
  );
  return home;
};

const deskOf = (home: string): string[] => [
  ...['residents', 'invitations', 'hall-screens', 'board'].map((list) => `/api/residences/${home}/${list}`),
  ...['/api/audit', '/api/moderation/cases', '/bureau', '/bureau/journal', '/bureau/sans-internet'],
  ...[`/bureau/residences/${home}`, `/bureau/residences/${home}/papiers`],
];
const own = [
  '/api/me/export',
  '/api/me/invitations',
  '/api/me/posts',
  '/api/notifications',
  '/api/conversations',
  '/avis',
];

beforeAll(async () => {
  const [author, helper, inviter, referent] = await Promise.all([
    resident(11),
    resident(12),
    resident(1),
    signIn('referent-1'),
  ]);
  await plantOfAuthor(author, helper);
  const home = await plantOfHome(referent, inviter);
  const others = await Promise.all([resident(2), resident(50), signIn('coordinator-1'), signIn('officer-01173')]);
  for (const one of [author, helper, inviter, ...others]) for (const path of own) await one.get(path);
  for (const one of [referent, ...others]) for (const path of deskOf(home)) await one.get(path);
  for (const one of [helper, ...others, visitor()]) await readEverything(one);
  await new Caller('metrics').get('/api/metrics');
  readers = readCaptured();
});

it('what is planted is found where its owner was sent it', () => {
  for (const { what, token } of planted) expect([what, token.length >= 16]).toEqual([what, true]);
  const seenBy = ({ token, owners }: Planted) =>
    owners.filter((owner) => readers.some(({ reader, bytes }) => reader === owner && bytes.includes(token)));
  const found = planted.filter((one) => seenBy(one).length > 0).map(({ what }) => what);
  const shown = ['a relative’s address', 'a lobby’s address', 'a slip’s code', 'an invitation’s code'];
  expect(found).toEqual(expect.arrayContaining(shown));
});

it('no secret that was planted is read by anyone but its owner', () => {
  for (const { what, token, owners } of planted)
    for (const { reader, bytes } of readers)
      if (!owners.includes(reader))
        expect([what, reader, sightings(bytes, anyOf([token, token.replaceAll('-', '')]))]).toEqual([what, reader, []]);
});

it('nobody was sent the address of another’s device or relative in any story', () => {
  const devices = anyOf([`${inject('pushHost')}/`]);
  for (const { reader, bytes } of readers) {
    if (reader !== 'resident-011') expect([reader, sightings(bytes, devices)]).toEqual([reader, []]);
    // Whoever named a relative finds the name again in their own export, nowhere else.
    const relatives = sightings(bytes, /fille\.\d+@palier\.test/g).filter((text) => !text.includes('postCopies'));
    expect([reader, relatives]).toEqual([reader, []]);
  }
});
