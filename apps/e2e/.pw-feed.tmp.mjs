import { mkdirSync } from 'node:fs';

mkdirSync('/tmp/feed/chromium', { recursive: true });
process.env.TMPDIR = '/tmp/feed/chromium';
const { default: bin } = await import('@sparticuz/chromium');
const { chromium } = await import('playwright-core');
const gl = process.argv.includes('--gl');
bin.setGraphicsMode = gl;
const base = 'http://localhost:3147';
const browser = await chromium.launch({
  executablePath: await bin.executablePath(),
  args: [
    '--no-sandbox',
    '--disable-dev-shm-usage',
    ...(gl
      ? ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']
      : ['--disable-gpu']),
    '--font-render-hinting=none',
  ],
});
export const open = async ({
  who = 'resident-001',
  width = 375,
  height = 812,
  js = true,
  scheme = 'light',
  locale,
} = {}) => {
  const context = await browser.newContext({
    viewport: { width, height },
    javaScriptEnabled: js,
    baseURL: base,
    colorScheme: scheme,
  });
  const answer = await context.request.post('/api/session', {
    data: { email: `${who}@demo.palier.test`, password: 'palier-demo' },
    headers: { origin: base },
  });
  if (!answer.ok()) throw new Error(`sign in ${answer.status()} ${await answer.text()}`);
  const page = await context.newPage();
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && console.log(`[${m.type()}]`, m.text()));
  page.on('pageerror', (e) => console.log('[pageerror]', e.message));
  page.on('request', (r) => {
    if (!r.url().startsWith(base) && !r.url().startsWith('data:') && !r.url().startsWith('blob:'))
      console.log('STRANGER', r.url());
  });
  const go = async (path) => {
    const r = await page.goto(path);
    if (js)
      await page
        .waitForSelector('html[data-hydrated]', { timeout: 8000, state: 'attached' })
        .catch(() => console.log('not hydrated'));
    return r;
  };
  const shot = (name, full = true) => page.screenshot({ path: `/tmp/feed/${name}.png`, fullPage: full });
  return { context, page, go, shot };
};
const { default: run } = await import(process.argv[2]);
try {
  await run(open);
} catch (e) {
  console.log('FAILED', e.message);
} finally {
  await browser.close();
}
