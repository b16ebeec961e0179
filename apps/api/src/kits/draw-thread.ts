import { parentPort } from 'node:worker_threads';
import { findKit } from '@palier/kits';
import { drawKit } from './draw-kit.ts';
import type { Asked, Drawn } from './drawing.ts';

const draw = async ({ n, slug, paper, locale, origin }: Asked): Promise<Drawn> => {
  try {
    return { n, bytes: await drawKit(findKit(slug, locale), paper, new URL(origin)) };
  } catch (error) {
    return { n, error: error instanceof Error ? error.message : String(error) };
  }
};

/** The thread that draws: each paper asked for is answered under its number. */
parentPort?.on('message', (asked: Asked) => void draw(asked).then((drawn) => parentPort?.postMessage(drawn)));
