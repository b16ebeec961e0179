import type { Locator, Page } from 'playwright-core';
import type { Caller } from './caller.ts';

/** The card of a post in the feed. */
export const cardOf = (page: Page, title: string): Locator => page.getByRole('article', { name: title });

/** The item of a favour in « Coups de main », by its post's title. */
export const favourOf = (page: Page, title: string): Locator =>
  page.getByRole('main').locator('li[id^="coup-"]').filter({ hasText: title });

/** Asks by HTTP, for stories whose subject is elsewhere; resolves with the post's id. */
export const ask = async (caller: Caller, title: string, more: object = {}): Promise<string> => {
  const body = { kind: 'request', category: 'errands', title, audience: 'residence', ...more };
  const { status, text, json } = await caller.post('/api/posts', body);
  if (status !== 201) throw new Error(`${caller.reader} could not ask: ${status} ${text}`);
  return json.post.id;
};

/** Accepts by HTTP; resolves with the favour's id. */
export const accept = async (caller: Caller, postId: string): Promise<string> => {
  const { status, text, json } = await caller.post(`/api/posts/${postId}/favours`, {});
  if (status !== 201) throw new Error(`${caller.reader} could not accept: ${status} ${text}`);
  return json.favour.id;
};

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate(async (element) => {
    const frame = () => new Promise(requestAnimationFrame);
    for (let frames = 0; frames < 6 && element === document.activeElement; frames++) await frame();
    return element === document.activeElement;
  });

/** Presses Tab until `target` has and keeps the focus: what a keyboard alone can reach, in the order it reaches it. */
export const tabTo = async (page: Page, target: Locator, most = 80): Promise<void> => {
  await target.waitFor();
  for (let pressed = 0; pressed < most; pressed++) {
    if (await isFocused(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(target)} in ${most} presses of Tab`);
};
