import { existsSync } from 'node:fs';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** How it is launched. The bundled browser's own `args` would switch the same-origin policy off: never passed. */
export const flags = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'];

/** The same, with WebGL drawn by the processor: slower, for the map's pictures. */
export const flagsWithMap = [
  ...flags.filter((flag) => flag !== '--disable-gpu'),
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** The system's Chromium, else the one of the npm registry, unpacked into `folder`. */
export const findChromium = async (folder: string): Promise<string> => {
  const system = installed.find((path) => existsSync(path));
  if (system) return system;
  const own = process.env.TMPDIR;
  process.env.TMPDIR = folder; // where it unpacks itself, and where no one else has
  const { default: bundled } = await import('@sparticuz/chromium');
  const path = await bundled.executablePath();
  if (own === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = own;
  return path;
};
