// Draws the application's icons from the mark: `node icons.mjs` here, after the mark or a colour has changed.
import { mkdirSync } from 'node:fs';
import sharp from 'sharp';

const colours = { ground: '#1B4B46', steps: '#FBF7F0', light: '#F4C04E' }; // tokens.css: --action, --paper, --urgent
const folder = new URL('static/icons/', import.meta.url);
mkdirSync(folder, { recursive: true });

/** @param {{ scale: number, radius: number, ground: string, steps: string, light: string }} look */
const mark = ({ scale, radius, ground, steps, light }) => {
  const margin = (32 - 32 * scale) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="${radius}" fill="${ground}"/>
    <g transform="translate(${margin} ${margin}) scale(${scale})"><path d="M5 25h7v-6h7v-6h8" fill="none" stroke="${steps}" stroke-width="3.4"
    stroke-linecap="round" stroke-linejoin="round"/><circle cx="23.5" cy="7.5" r="3" fill="${light}"/></g></svg>`;
};

/** @param {string} name @param {number} size @param {Partial<Parameters<typeof mark>[0]>} look */
const draw = async (name, size, look) => {
  const drawing = Buffer.from(mark({ scale: 1, radius: 7, ...colours, ...look }));
  await sharp(drawing, { density: (72 * size) / 32 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(new URL(name, folder).pathname);
};

await draw('icon-192.png', 192, {});
await draw('icon-512.png', 512, {});
// A launcher may cut a maskable icon to a circle of 80 % of its side (W3C, Web Application Manifest): the mark stays well inside.
await draw('maskable-512.png', 512, { scale: 0.68, radius: 0 });
// iOS rounds the corners itself and shows transparency as black.
await draw('apple-touch-180.png', 180, { scale: 0.82, radius: 0 });
await draw('badge-96.png', 96, { ground: 'none', steps: '#fff', light: '#fff' });
