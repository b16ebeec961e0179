import { type Cell, cellCentre, homeCell } from '@palier/domain/places';
import { expect, test } from 'vitest';
import { factsOf } from '../../test/live-facts.ts';
import { openLiveHarness, until } from '../../test/live-harness.ts';

const h = await openLiveHarness();
const { post, alter, favour } = factsOf(h);
const home = await h.mintResidence();
const [stairA, stairB] = home.stairs.map(({ id }) => id);
const living = (stairId?: string) => h.mintResident({ residenceId: home.id, stairId: stairId ?? null });

const centre = cellCentre(home.cell as Cell);
const farCell = homeCell({ lat: centre.lat + 0.05, lon: centre.lon }, 9); // 5.5 km north
const [author, sameStair, otherStair] = [await living(stairA), await living(stairA), await living(stairB)];
const neighbour = await h.mintResident({ cell: home.cell });
const farInCommune = await h.mintResident({ cell: farCell });
const farElsewhere = await h.mintResident({ cell: farCell, commune: '01399' });
const officer = await h.mintAccount();

const people = { sameStair, otherStair, neighbour, farInCommune, farElsewhere };
type Name = keyof typeof people;
const open = async () => {
  const entries = await Promise.all(
    Object.entries(people).map(async ([name, who]) => [name, await h.read(who)] as const),
  );
  const readers = Object.fromEntries(entries) as Record<Name, Awaited<ReturnType<typeof h.read>>>;
  const told = async (postId: string) => {
    await h.settled();
    const fence = await post(farElsewhere, {
      audience: 'commune',
      cell: home.cell,
      commune: home.commune,
      residenceId: home.id,
    });
    for (const reader of Object.values(readers)) await until(() => reader.told(fence).length > 0, 'the fence');
    return Object.fromEntries(
      Object.entries(readers)
        .map(([name, reader]) => [name, reader.told(postId).join(', ')])
        .filter(([, text]) => text !== ''),
    );
  };
  return {
    readers,
    told,
    close: () => {
      for (const reader of Object.values(readers)) reader.socket.terminate();
    },
  };
};

test('each audience is told, and nobody else', async () => {
  const { told, close } = await open();
  expect(await told(await post(author, { audience: 'stair' }))).toEqual({ sameStair: 'opened' });
  expect(await told(await post(author, { audience: 'residence' }))).toEqual({
    sameStair: 'opened',
    otherStair: 'opened',
  });
  expect(await told(await post(author, { audience: 'neighbourhood' }))).toEqual({
    sameStair: 'opened',
    otherStair: 'opened',
    neighbour: 'opened',
  });
  expect(await told(await post(author, { audience: 'commune' }))).toEqual({
    sameStair: 'opened',
    otherStair: 'opened',
    neighbour: 'opened',
    farInCommune: 'opened',
  });
  close();
});

test('a card says how near its reader is, and is the same bytes for everyone as near', async () => {
  const { readers, told, close } = await open();
  const id = await post(author, { audience: 'commune', details: 'Deux baguettes' });
  await told(id);
  const nearness = (name: Name) =>
    readers[name].events
      .map((frame) => (frame.type === 'post.opened' && frame.post.id === id ? frame.post.place.nearness : null))
      .find(Boolean);
  expect(Object.keys(people).map((name) => nearness(name as Name))).toEqual([
    'same-stair',
    'same-residence',
    'within-250',
    'farther',
    undefined,
  ]);
  close();
});

test('a post lives its life on every screen that shows it: changed while it stays open, closed when it leaves, opened when a place frees', async () => {
  const { told, close } = await open();
  const id = await post(author, { audience: 'residence', helpersNeeded: 2 });
  await alter(id, 'changed', { taken: 1 });
  await h.settled();
  await alter(id, 'closed', { taken: 2, state: 'filled' });
  await h.settled();
  await alter(id, 'opened', { taken: 1, state: 'open' });
  await h.settled();
  await alter(id, 'closed', { state: 'withdrawn' });
  const life = 'opened, changed, closed filled, opened, closed withdrawn';
  expect(await told(id)).toEqual({ sameStair: life, otherStair: life });
  close();
});

test('whoever loses sight of a narrowed post hears that it left, and whoever never saw it hears nothing', async () => {
  const { told, close } = await open();
  const id = await post(author, { audience: 'neighbourhood' });
  await h.settled();
  await alter(id, 'narrowed:neighbourhood', { audience: 'stair' });
  expect(await told(id)).toEqual({
    sameStair: 'opened, changed',
    otherStair: 'opened, closed removed',
    neighbour: 'opened, closed removed',
  });
  const small = await post(author, { audience: 'residence' });
  await h.settled();
  await alter(small, 'narrowed:residence', { audience: 'stair' });
  expect(await told(small)).toEqual({ sameStair: 'opened, changed', otherStair: 'opened, closed removed' });
  close();
});

test('a post that waits to be examined is told to nobody; one held again leaves, and its neighbours hear no more than removed', async () => {
  const { told, close } = await open();
  const held = await post(author, { audience: 'residence', state: 'held' }, 'held');
  expect(await told(held)).toEqual({});
  await alter(held, 'opened', { state: 'open' });
  await h.settled();
  await alter(held, 'closed', { state: 'held' });
  expect(await told(held)).toEqual({ sameStair: 'opened, closed removed', otherStair: 'opened, closed removed' });
  close();
});

test('interest narrows what is opened by category and distance, and everything that leaves is still said', async () => {
  const reader = await h.read(neighbour);
  reader.send({ type: 'interest', within: 500, categories: ['pets'] });
  await h.settled();
  const bread = await post(author, { category: 'errands' });
  const cat = await post(author, { category: 'pets' });
  await reader.heard('post.opened');
  expect([reader.told(bread), reader.told(cat)]).toEqual([[], ['opened']]);
  reader.send({ type: 'interest', within: 100, categories: null }); // less than the edge of a cell: nothing is that near
  reader.send({ type: 'ping' });
  await reader.heard('tick');
  const near = await post(author, {});
  await alter(cat, 'closed', { state: 'withdrawn' });
  await reader.heard('post.closed');
  expect([reader.told(near), reader.told(cat)]).toEqual([[], ['opened', 'closed withdrawn']]);
  reader.socket.terminate();
  const first = reader.frames[0];
  const wider = await h.read(neighbour, `?after=${first?.type === 'ready' ? first.seq : -1}`);
  await until(() => wider.told(near).length > 0, 'what was narrowed away, once wide again');
  expect([wider.told(bread), wider.told(near)]).toEqual([['opened'], ['opened']]);
  wider.socket.terminate();
});

test('a favour is told to both its sides and to no third person', async () => {
  const { readers, told, close } = await open();
  const id = await post(author, { audience: 'residence' });
  const favourId = await favour(id, author, otherStair);
  const mine = await h.read(author, `?after=0`);
  await told(id);
  const of = (reader: typeof mine) =>
    reader.events
      .filter((frame) => frame.type === 'favour.changed' && frame.favourId === favourId)
      .map((frame) => 'state' in frame && frame.state);
  expect([of(readers.otherStair), of(readers.sameStair), of(readers.neighbour)]).toEqual([['accepted'], [], []]);
  await until(() => of(mine).length === 1, 'the favour, replayed');
  mine.socket.terminate();
  close();
});

test('whoever is no resident may listen, and hears of no post', async () => {
  const reader = await h.read(officer);
  await post(author, { audience: 'commune' });
  await h.settled();
  reader.send({ type: 'ping' });
  await reader.heard('tick');
  expect(reader.frames.map((frame) => frame.type)).toEqual(['ready', 'tick']);
  reader.socket.terminate();
});

test('frames link to one another: the first names ready, each later one the seq of the one before, whatever others heard in between', async () => {
  const { readers, told, close } = await open();
  for (const audience of ['residence', 'neighbourhood', 'stair', 'commune', 'residence', 'neighbourhood'] as const)
    await post(author, { audience });
  await told(await post(author, { audience: 'commune' }));
  for (const reader of Object.values(readers)) {
    const [ready] = reader.frames;
    let at = ready?.type === 'ready' ? ready.seq : -1;
    for (const frame of reader.events) {
      expect(frame.after).toBe(at);
      expect(frame.seq).toBeGreaterThan(at);
      at = frame.seq;
    }
  }
  expect(readers.sameStair.events.length).toBeGreaterThan(readers.neighbour.events.length);
  close();
});

test('a tick says how far everything was sent, and the next event still names the event before', async () => {
  const reader = await h.read(neighbour);
  const first = await post(author, { audience: 'neighbourhood' });
  await reader.heard('post.opened');
  await post(author, { audience: 'stair' });
  await h.settled();
  reader.send({ type: 'ping' });
  await reader.heard('tick');
  const tick = reader.frames.find((frame) => frame.type === 'tick');
  expect(tick).toEqual({ type: 'tick', head: h.hub.head() });
  const second = await post(author, { audience: 'neighbourhood' });
  await until(() => reader.told(second).length === 1, 'the second');
  const [a, b] = reader.events.slice(-2);
  expect([reader.told(first), b?.after]).toEqual([['opened'], a?.seq]);
  reader.socket.terminate();
});
