import { resolve } from 'node:path';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../../..');
const optional = z.string().min(1).optional();
const onOff = z.enum(['on', 'off']);

const Env = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  ORIGIN: z.url().optional(),
  DATA_DIR: z.string().default(resolve(root, 'var')),
  DATABASE_URL: optional,
  MIGRATIONS_DATABASE_URL: optional,
  NATS_URL: optional,
  ROLE: z.enum(['all', 'api', 'jobs', 'web']).default('all'),
  API_URL: z.url().optional(),
  DEMO: onOff.optional(),
  RATE_LIMITS: onOff.default('on'),
  STAFF_TOTP: z.enum(['required', 'optional']).optional(),
  TRUST_PROXY: optional,
  SMTP_URL: optional,
  MAIL_FROM: z.string().default('Palier <palier@localhost>'),
  VAPID_PUBLIC_KEY: optional,
  VAPID_PRIVATE_KEY: optional,
  VAPID_SUBJECT: optional,
  PUSH_HOSTS: z.string().default(''),
  GEOCODER_URL: z.url().default('https://data.geopf.fr/geocodage'),
  VIGILANCE_URL: z.url({ protocol: /^https?$/ }).optional(),
  VIGILANCE_TOKEN: optional,
  MAP_STYLE_URL: z.url({ protocol: /^https?$/ }).optional(),
  METRICS_TOKEN: optional,
  ELECTION_MONTHS: z
    .string()
    .regex(/^(20\d{2}-(0[1-9]|1[0-2])(,|$))*$/)
    .default(''),
  PALIER_SECRET: z.string().min(32).optional(),
  INSTANCE_NAME: z.string().default('Palier'),
  INSTANCE_PUBLISHER: optional,
  INSTANCE_ADDRESS: optional,
  INSTANCE_EMAIL: optional,
  INSTANCE_PHONE: optional,
  INSTANCE_HOST: optional,
  INSTANCE_DPO: optional,
  SOURCE_URL: z.string().default('https://github.com/palier-voisins/palier'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
});

/** The names of every setting there is. */
export const settings: readonly string[] = Object.keys(Env.shape);

/**
 * The process's settings, read once from the environment (README, Configuration) and handed down; one left empty is not set.
 * Demo data and lifted limits are refused in production whatever the variables say.
 */
export const readEnv = (variables: NodeJS.ProcessEnv) => {
  const parsed = Env.safeParse(Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '')));
  if (!parsed.success)
    throw new Error(
      `settings: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  const e = parsed.data;
  const isProduction = e.NODE_ENV === 'production';
  return {
    isProduction,
    port: e.PORT,
    host: e.HOST,
    origin: new URL(e.ORIGIN ?? `http://localhost:${e.PORT}`),
    dataDir: resolve(e.DATA_DIR),
    databaseUrl: e.DATABASE_URL,
    migrationsDatabaseUrl: e.MIGRATIONS_DATABASE_URL,
    natsUrl: e.NATS_URL,
    role: e.ROLE,
    apiUrl: e.API_URL,
    hasDemo: !isProduction && (e.DEMO ?? 'on') === 'on',
    hasRateLimits: isProduction || e.RATE_LIMITS === 'on',
    needsStaffTotp: (e.STAFF_TOTP ?? (isProduction ? 'required' : 'optional')) === 'required',
    trustProxy: e.TRUST_PROXY,
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    vapid: {
      publicKey: e.VAPID_PUBLIC_KEY,
      privateKey: e.VAPID_PRIVATE_KEY,
      // Push services write to whoever sends too much (RFC 8292): an address, or a page.
      subject: e.VAPID_SUBJECT ?? `mailto:${e.INSTANCE_EMAIL ?? 'palier@localhost.invalid'}`,
    },
    /** Hosts with their ports that tests push to: none in production. */
    pushHosts: isProduction ? [] : e.PUSH_HOSTS.split(',').filter(Boolean),
    geocoderUrl: e.GEOCODER_URL.replace(/\/$/, ''),
    vigilanceUrl: e.VIGILANCE_URL,
    vigilanceToken: e.VIGILANCE_TOKEN,
    mapStyleUrl: e.MAP_STYLE_URL,
    metricsToken: e.METRICS_TOKEN,
    /** Months of elections besides those that the law fixes, as `2027-06`. */
    electionMonths: e.ELECTION_MONTHS.split(',').filter(Boolean),
    secret: e.PALIER_SECRET,
    logLevel: e.LOG_LEVEL,
    instance: {
      name: e.INSTANCE_NAME,
      publisher: e.INSTANCE_PUBLISHER,
      address: e.INSTANCE_ADDRESS,
      email: e.INSTANCE_EMAIL,
      phone: e.INSTANCE_PHONE,
      host: e.INSTANCE_HOST,
      dpo: e.INSTANCE_DPO,
      sourceUrl: e.SOURCE_URL,
    },
  };
};
export type Env = ReturnType<typeof readEnv>;

/** The variables of this process with others over them, for a process that it starts. */
export const variablesWith = (others: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...others,
});
