import { startEmbedded } from '../../embedded/index.ts';

// Holds an embedded server until SIGINT or SIGTERM, telling its first line as JSON: `{ pid, ownerUrl }` or `{ refused }`.
const [dataDir = ''] = process.argv.slice(2);
const tell = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);
try {
  const { pid, ownerUrl, stop } = await startEmbedded(dataDir, (line) => process.stderr.write(`${line}\n`));
  process.once('SIGINT', () => stop()).once('SIGTERM', () => stop());
  tell({ pid, ownerUrl });
} catch (error) {
  tell({ refused: String(error) });
}
