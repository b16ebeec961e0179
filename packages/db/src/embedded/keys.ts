import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROLES = ['postgres', 'palier_owner', 'palier_app'] as const;

/** The database's roles: the superuser who makes the others, the owner who migrates, the application. */
export type Role = (typeof ROLES)[number];

/** One password for each role. */
export type RoleKeys = Record<Role, string>;

/** Reads the roles' passwords kept in DATA_DIR, made on the first start. */
export const readRoleKeys = (dataDir: string, hasCluster: boolean): RoleKeys => {
  const file = join(dataDir, 'postgres.json');
  if (!existsSync(file)) {
    if (hasCluster) throw new Error(`${file} is missing: without its passwords the database of ${dataDir} stays shut`);
    const made = Object.fromEntries(ROLES.map((role) => [role, randomBytes(24).toString('base64url')]));
    writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600 });
    renameSync(`${file}.new`, file); // whole or absent, whenever we are killed
  }
  const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<RoleKeys>;
  const keyOf = (role: Role): string => {
    const key = read[role];
    if (typeof key !== 'string') throw new Error(`${file} has no password for ${role}`);
    return key;
  };
  return { postgres: keyOf('postgres'), palier_owner: keyOf('palier_owner'), palier_app: keyOf('palier_app') };
};
