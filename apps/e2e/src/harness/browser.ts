import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Response } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, inject, onTestFinished } from 'vitest';
import type { Caller } from './caller.ts';
import { capture } from './capture.ts';
import { flags } from './chromium.ts';

type Look = {
  as?: Caller;
  /** 'fr' unless told: what the browser asks for, before any account says otherwise. */
  locale?: 'fr' | 'en';
  width?: number;
  height?: number;
  javaScript?: boolean;
  dark?: boolean;
  /** Whether the page may install its service worker: for stories without a network or with a push. Elsewhere not, since the bundled Chromium falls now and then when a context is closed in the middle of it. */
  installs?: boolean;
  /** Where this context's connections go through. */
  proxy?: string;
};

/** A page in a context of its own, with what a reader never sees noted down. */
export type Visit = {
  page: Page;
  context: BrowserContext;
  /** Goes to a path of ours and waits until the page can be acted on. */
  go: (path: string) => Promise<Response | null>;
  /** Errors of the console and of scripts, refusals of the policy. */
  complaints: string[];
  /** Addresses asked from anyone but us. */
  strangers: string[];
};

/** Launches the browser once for the file that calls it, and again before a test that finds it gone: the test in which it fell fails, those after it are none of its doing. */
export const useBrowser = (args: string[] = flags): (() => Browser) => {
  let browser: Browser | undefined;
  const launch = async () => {
    if (browser?.isConnected()) return;
    if (browser) console.log('the browser ended by itself: another is launched');
    browser = await chromium.launch({ executablePath: inject('chromium'), args });
  };
  beforeAll(launch);
  beforeEach(launch);
  afterAll(() => browser?.close());
  return () => {
    if (!browser) throw new Error('the browser is launched before the first test');
    return browser;
  };
};

const isText = (type: string) => /text\/html|json|text\/css|text\/plain|manifest/.test(type);

const keepBytes = (context: BrowserContext, reader: string): void => {
  context.on('response', async (response) => {
    if (!isText(response.headers()['content-type'] ?? '')) return;
    const body = await response.text().catch(() => ''); // a redirect, or a page left before its end
    capture(reader, `browser ${response.request().method()} ${response.url()} ${response.status()}`, body);
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => capture(reader, 'frame', String(payload)));
    });
  });
};

const noteComplaints = (context: BrowserContext, origin: string): Pick<Visit, 'complaints' | 'strangers'> => {
  const complaints: string[] = [];
  const strangers: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('request', (request) => {
    const url = new URL(request.url());
    const isOurs = url.host === new URL(origin).host || url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isOurs) strangers.push(request.url());
  });
  return { complaints, strangers };
};

/** On a failure, leaves what the reader saw: a picture and the page's words. */
const keepEvidence = async (page: Page, test: string, complaints: string[]): Promise<void> => {
  const name = test.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 80);
  const file = join(inject('runDir'), 'failures', `${name}-${page.viewportSize()?.width ?? 0}-${Date.now()}`);
  await page.screenshot({ path: `${file}.png`, timeout: 5000 }).catch(() => undefined);
  const words = await page.locator('body').ariaSnapshot({ timeout: 5000 }).catch(String);
  writeFileSync(`${file}.txt`, [page.url(), ...complaints, words].join('\n'));
};

/** Opens a context and a page, closed at the test's end; two at most at once on two cores. */
export const visit = async (browser: Browser, look: Look = {}): Promise<Visit> => {
  const {
    as: caller,
    locale = 'fr',
    width = 375,
    height = 812,
    javaScript = true,
    dark = false,
    installs = false,
    proxy,
  } = look;
  const origin = caller?.origin ?? inject('origin');
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height },
    locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: 'Europe/Paris',
    javaScriptEnabled: javaScript,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    serviceWorkers: installs ? 'allow' : 'block',
    ...(proxy && { proxy: { server: proxy } }),
  });
  context.setDefaultTimeout(10_000);
  await context.addCookies([...(caller?.cookies ?? [])].map(([name, value]) => ({ name, value, url: origin })));
  keepBytes(context, caller?.reader ?? 'visitor');
  const noted = noteComplaints(context, origin);
  const page = await context.newPage();
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await keepEvidence(page, task.name, noted.complaints);
    await context.close();
  });
  const go = async (path: string) => {
    const response = await page.goto(path);
    const hasScripts = javaScript && (await page.locator('script').count()) > 0; // the kits have none
    if (hasScripts) await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
    return response;
  };
  return { page, context, go, ...noted };
};
