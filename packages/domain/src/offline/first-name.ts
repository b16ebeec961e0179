const civilities = new Set(['m', 'mr', 'mme', 'mlle', 'mrs', 'ms', 'miss', 'dr', 'monsieur', 'madame']);

/** The first name that a display name begins with, as a mail to a relative may say it; null when it begins with a title, and so with a surname. */
export const firstNameOf = (displayName: string): string | null => {
  const [first = ''] = displayName.trim().split(/\s+/u);
  return first === '' || civilities.has(first.toLowerCase().replace(/\.$/u, '')) ? null : first;
};
