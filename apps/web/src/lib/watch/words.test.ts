import { expect, test } from 'vitest';
import { doorWords, placeWords } from './words.ts';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');

test('a door is said once, whatever its person typed, and so is its residence', () => {
  const door = { stair: null, residence: 'Les Tilleuls', floor: 3, door: 'Porte gauche' };
  expect(plain(placeWords(door))).toBe('Les Tilleuls, étage 3, porte gauche');
  const upstairs = { ...door, stair: 'Escalier 1', floor: null, door: '12' };
  expect(plain(doorWords(upstairs))).toBe('Escalier 1, porte 12');
  expect(plain(placeWords(upstairs))).toBe('Escalier 1, porte 12, Les Tilleuls');
  const below = { ...door, stair: 'B', floor: 0, door: '' };
  expect(plain(placeWords(below))).toBe('Escalier B, rez-de-chaussée, Les Tilleuls');
});
