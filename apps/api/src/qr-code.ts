import { create } from 'qrcode';

/** The QR code of a link, level Q so that a creased poster is still read: `size` modules a side, and the dark ones as an SVG path with one unit a module. */
export const qrCodeOf = (link: string): { size: number; path: string } => {
  const { size, data } = create(link, { errorCorrectionLevel: 'Q' }).modules;
  let path = '';
  data.forEach((isDark, n) => {
    if (isDark) path += `M${n % size} ${Math.floor(n / size)}h1v1h-1z`;
  });
  return { size, path };
};
