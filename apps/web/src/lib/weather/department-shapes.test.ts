import { expect, test } from 'vitest';
import { departmentDrawings } from './department-shapes.server.ts';

const { france, paris } = departmentDrawings();

test('every department of the mainland and Corsica is drawn, inside the drawing, with a place for its letter', () => {
  expect(france.shapes).toHaveLength(96);
  for (const { path, x, y } of france.shapes) {
    expect(path).toMatch(/^(?:M\d+ \d+l[-\d ]+z)+$/);
    expect([x > 0, y > 0, x < france.width, y < france.height]).toEqual([true, true, true, true]);
  }
});

test('Paris and its neighbours are drawn again, larger', () => {
  expect(paris.shapes.map(({ code }) => code).sort()).toEqual(['75', '92', '93', '94']);
  for (const { x, y } of paris.shapes)
    expect([x > 0, y > 0, x < paris.width, y < paris.height]).toEqual([true, true, true, true]);
});

test('the drawings are small enough to stand in the page', () => {
  expect(JSON.stringify([france, paris]).length).toBeLessThan(60_000);
});
