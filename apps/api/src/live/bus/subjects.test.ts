import { areaOf, type Cell } from '@palier/domain/places';
import { expect, test } from 'vitest';
import type { StampedEvent } from '../stamped-event.ts';
import { openAnnouncing } from './announce.ts';
import { subjectsOf } from './subjects.ts';

const gex = '891f961802fffff' as Cell;
const paris = '891fb466257ffff' as Cell;
const event = (seq: number, cell: string | null): StampedEvent => ({
  seq,
  kind: 'post',
  change: 'opened',
  postId: null,
  favourId: null,
  notificationId: null,
  conversationId: null,
  messageId: null,
  caseId: null,
  cell,
  residenceId: null,
  commune: null,
  sideA: null,
  sideB: null,
});
const subjects = subjectsOf('town');
const reach = async (cell: string) => [{ cells: [{ cell }] }];

test('a reader’s hub hears the area of what they may be told, and the head, and nothing of elsewhere', async () => {
  const heard = await subjects.ofPlaces(7, [{ cell: gex, commune: '01173' }], reach);
  expect([...heard].sort()).toEqual([`palier.town.0.cell.${areaOf(gex)}`, 'palier.town.0.head']);
  const said = subjects.ofEvents([event(8, gex), event(9, gex), event(10, paris), event(11, null)]);
  expect(said.size).toBe(2);
  expect([...said].filter((subject) => heard.has(subject))).toEqual([`palier.town.0.cell.${areaOf(gex)}`]);
});

test('a stream begun again by a restore, and another deployment, have subjects of their own', () => {
  expect(subjects.head(1e12 + 3)).toBe('palier.town.1.head');
  expect(subjectsOf('other').head(3)).not.toBe(subjects.head(3));
});

test('fifty batches in one instant are said by area each, and of the head once at the start and once at the end', async () => {
  const said: [string, string][] = [];
  const announcing = openAnnouncing({ say: (subject, text) => said.push([subject, text]) }, subjects);
  for (let seq = 1; seq <= 50; seq += 1) announcing.announce([event(seq, seq % 2 ? gex : null)]);
  const heads = () => said.filter(([subject]) => subject.endsWith('.head')).map(([, text]) => text);
  expect(said.length - heads().length).toBe(25);
  expect(heads()).toEqual(['1']);
  await expect.poll(heads).toEqual(['1', '50']);
  announcing.stop();
});
