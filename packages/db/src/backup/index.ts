export { backup } from './backup.ts';
export { BackupError, type BackupErrorCode, type Manifest } from './manifest.ts';
export { backupFileName, pruneBackups } from './prune.ts';
export { restore } from './restore.ts';
