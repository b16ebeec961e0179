import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const output = new URL('../.svelte-kit/output/', import.meta.url);

/** What we read of the manifest that SvelteKit writes beside the server's code. */
interface Manifest {
  client: { imports: string[] };
  nodes: (() => Promise<{ imports: string[] }>)[];
  routes: { id: string; page: { layouts: (number | undefined)[]; leaf: number } | null }[];
}

/**
 * The scripts that a page loads before it can be used, from the last build: SvelteKit's own, its layouts' and its own, with
 * everything they import at once. `routeId` is SvelteKit's, groups included: `/(resident)/autour`. Throws when there is no
 * such page or no build. Sizes are in bytes after gzip.
 */
export const firstLoad = async (routeId: string): Promise<{ files: string[]; gzipBytes: number }> => {
  const { manifest } = (await import(new URL('server/manifest-full.js', output).href)) as { manifest: Manifest };
  const page = manifest.routes.find(({ id }) => id === routeId)?.page;
  if (!page) throw new Error(`no page ${routeId} in the build`);
  const nodes = [...page.layouts, page.leaf].flatMap((index) => (index === undefined ? [] : [manifest.nodes[index]]));
  const loaded = await Promise.all(nodes.map((node) => node?.()));
  const all = [...manifest.client.imports, ...loaded.flatMap((node) => node?.imports ?? [])];
  const files = [...new Set(all)].filter((file) => file.endsWith('.js')).sort();
  const gzipBytes = files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(new URL(`client/${file}`, output)), { level: 9 }).byteLength,
    0,
  );
  return { files, gzipBytes };
};

/** Everything the browser may be given by the last build, as one text: for tests that look for what must not be there. */
export const clientText = (): string => {
  const folder = fileURLToPath(new URL('client/', output));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(js|css|svg|webmanifest)$/.test(name),
  );
  return files.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('\n');
};
