const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const devices: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

const find = (list: typeof browsers, agent: string): string[] => {
  const found = list.find(([word]) => word.test(agent));
  return found ? [found[1]] : [];
};

/** The family of a browser and of the device it runs on (`Firefox · Android`), '' when neither is known: enough to know one’s own again, too little to be told apart by. */
export const agentFamily = (userAgent: string | undefined): string => {
  const agent = (userAgent ?? '').slice(0, 500);
  return [...find(browsers, agent), ...find(devices, agent)].join(' · ');
};
