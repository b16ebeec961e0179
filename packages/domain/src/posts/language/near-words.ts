const shortest = 6;
const longest = 20;

const withoutOneLetter = (word: string): string[] => {
  const forms: string[] = [];
  for (let at = 0; at < word.length; at += 1) forms.push(word.slice(0, at) + word.slice(at + 1));
  return forms;
};

/** Whether one insertion, deletion, substitution or swap of neighbours turns one word into the other. */
const isOneSlipAway = (left: string, right: string): boolean => {
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head += 1;
  let tail = 0;
  const most = Math.min(left.length, right.length) - head;
  while (tail < most && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail += 1;
  const a = left.slice(head, left.length - tail);
  const b = right.slice(head, right.length - tail);
  return (a.length <= 1 && b.length <= 1) || (a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0]);
};

/**
 * Builds a finder of the known word at most one slip away from a written one, both of 6 to 20 letters and with the same initial; `undefined` when none.
 * Symmetric deletion, as in Wolf Garbe's SymSpell (2012): a look-up costs at most 21 map reads.
 */
export const nearWords = (known: Iterable<string>): ((word: string) => string | undefined) => {
  const byForm = new Map<string, string[]>();
  for (const word of known) {
    if (word.length < shortest || word.length > longest) continue;
    for (const form of [word, ...withoutOneLetter(word)]) byForm.set(form, [...(byForm.get(form) ?? []), word]);
  }
  return (word) => {
    if (word.length < shortest || word.length > longest) return undefined;
    for (const form of [word, ...withoutOneLetter(word)]) {
      const near = byForm.get(form)?.find((candidate) => candidate[0] === word[0] && isOneSlipAway(candidate, word));
      if (near !== undefined) return near;
    }
    return undefined;
  };
};
