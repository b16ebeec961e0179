import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Caller } from '../harness/caller.ts';
import { LiveReader } from '../harness/live-reader.ts';

/** What one reader was sent by the server during this run: bodies, pages, frames. */
export type Captured = { reader: string; bytes: string };

export const readCaptured = (): Captured[] => {
  const folder = join(inject('runDir'), 'captured');
  return readdirSync(folder).map((file) => ({
    reader: file.replace('.txt', ''),
    bytes: readFileSync(join(folder, file), 'utf8'),
  }));
};

/** Reads all that one may ask for: every page of every list, in every order, each post, every page for people. */
export const readEverything = async (caller: Caller): Promise<void> => {
  const live = caller.cookies.size > 0 ? await LiveReader.open(caller).catch(() => null) : null;
  for (const sort of ['near', 'recent', 'soon', 'best']) {
    let next: string | null = '';
    for (let page = 0; next !== null && page < 12; page++) {
      const cursor: string = next && `&cursor=${encodeURIComponent(next)}`;
      const { json } = await caller.get(`/api/posts?sort=${sort}&limit=100${cursor}`);
      if (sort === 'near') for (const { id } of (json.items ?? []).slice(0, 40)) await caller.get(`/api/posts/${id}`);
      next = json.next ?? null;
    }
  }
  const open = ['/api/me', '/api/favours?limit=100', '/api/openapi.json', '/api/instance', '/api/communes?q=gex'];
  const pages = ['/', '/autour', '/autour?sort=recent', '/demander', '/coups-de-main', '/moi', '/compte', '/entrer'];
  for (const path of [...open, ...pages]) await caller.get(path);
  live?.cut();
};

/** Around each place where `secret` stands, what was being read. */
export const sightings = (bytes: string, secret: RegExp): string[] =>
  [...bytes.matchAll(secret)].slice(0, 50).map(({ index }) => bytes.slice(Math.max(0, index - 120), index + 120));

export const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
export const anyOf = (texts: string[]): RegExp => new RegExp(texts.map(literal).join('|'), 'giu');
