import AxeBuilder from '@axe-core/playwright';
import bin from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

bin.setGraphicsMode = false;
const base = process.env.BASE ?? 'http://localhost:3267';
const browser = await chromium.launch({
  executablePath: await bin.executablePath(),
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
});
const out = '/tmp/pw/shots/';
const { default: run } = await import(process.argv[2]);
const open = async (opts = {}) => {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 }, locale: 'fr-FR', ...opts });
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  page.on('console', (msg) => {
    if (msg.type() === 'error') console.log('console', page.url(), msg.text().slice(0, 300));
  });
  page.on('pageerror', (e) => console.log('pageerror', page.url(), String(e).slice(0, 400)));
  return page;
};
const signIn = async (page, email, back = '') => {
  await page.goto(base + '/connexion' + (back ? '?back=' + encodeURIComponent(back) : ''));
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', 'palier-demo');
  await page.click('main button:has-text("Se connecter"), main button:has-text("Sign in")');
  await page.waitForLoadState('load');
};
const shot = (page, name) => page.screenshot({ path: out + name + '.png', fullPage: true });
const axe = async (page, name) => {
  const r = await new AxeBuilder({ page }).analyze();
  console.log(
    'axe',
    name,
    r.violations.length,
    r.violations.map((v) => v.id + ' ' + v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')).join('\n'),
  );
};
try {
  await run({ base, open, signIn, shot, axe });
} finally {
  await browser.close();
}
