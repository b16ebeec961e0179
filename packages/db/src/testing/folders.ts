import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'palier-test-'));
chmodSync(root, 0o711); // as root, PostgreSQL's user has to pass
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

/** Makes a folder that lasts as long as the test file. */
export const newFolder = (): string => mkdtempSync(join(root, 'f-'));
