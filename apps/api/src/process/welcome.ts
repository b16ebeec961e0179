import type { Env } from '../env.ts';

/** What the console says once everything answers. */
export const welcome = (env: Env, origin: URL, say: (line: string) => void): void => {
  say(`\nPalier is ready: ${origin.origin}`);
  if (!env.hasDemo || env.role !== 'all') return;
  say('Demo accounts, password palier-demo:');
  say('  neighbours   resident-001@demo.palier.test … resident-220@demo.palier.test');
  say('  staff        referent-1@… to referent-6@…, coordinator-1@…, coordinator-2@…, officer-01173@demo.palier.test');
  say(`  hall codes   ${env.dataDir}/demo-invitations.json`);
  if (!env.smtpUrl) say(`  mails        ${env.dataDir}/mail`);
};
