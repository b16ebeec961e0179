import type { KitSlug } from '@palier/domain/kits';
import { findKit } from '@palier/kits';
import { afterAll, expect, test } from 'vitest';
import { drawKit } from './draw-kit.ts';
import { openDrawing } from './drawing.ts';

const origin = new URL('https://palier.example');
const drawing = openDrawing(origin);
afterAll(drawing.stop);

/** How often this thread's loop turned while `work` went on. */
const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  let [turns, isOver] = [0, false];
  const turn = (): void => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  turn();
  await work();
  isOver = true;
  return turns;
};

test('a paper drawn in the thread is the same bytes, and calls are answered meanwhile', async () => {
  const here = await drawKit(findKit('heatwave', 'fr'), 'kit', origin);
  const papers = ['kit', 'poster', 'slips', 'turns', 'checklist'] as const;
  const drawn: Buffer[] = [];
  const turns = await turnsDuring(async () =>
    drawn.push(...(await Promise.all(papers.map((paper) => drawing.draw('heatwave', paper, 'fr'))))),
  );
  expect(drawn[0]?.equals(here)).toBe(true);
  expect(new Set(drawn.map((bytes) => bytes.subarray(0, 5).toString()))).toEqual(new Set(['%PDF-']));
  const turnsHere = await turnsDuring(() => drawKit(findKit('heatwave', 'fr'), 'kit', origin));
  expect(turns).toBeGreaterThan(20 * turnsHere);
});

test('what cannot be drawn fails alone; after a stop, the next one begins a thread again', async () => {
  const [wrong, right] = await Promise.allSettled([
    drawing.draw('volcano' as KitSlug, 'poster', 'fr'),
    drawing.draw('flood', 'poster', 'en'),
  ]);
  expect([wrong.status, right.status]).toEqual(['rejected', 'fulfilled']);
  const pending = drawing.draw('flood', 'kit', 'en');
  const stopped = expect(pending).rejects.toThrow('nothing is drawn');
  await drawing.stop();
  await stopped;
  expect((await drawing.draw('flood', 'poster', 'fr')).length).toBeGreaterThan(1_000);
});
