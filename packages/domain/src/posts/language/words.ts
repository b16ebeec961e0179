import { fold } from './fold.ts';

/** What texting glues together or shortens, as whole words; our own list. */
const spelledOut: ReadonlyMap<string, string> = new Map(
  `jai=j ai, jaurai=j aurai, jaurais=j aurais, jaimerai=j aimerais, jaimerais=j aimerais, jsuis=je suis, chuis=je
  suis, jvous=je vous, jvais=je vais, jveux=je veux, jpeux=je peux, jpaye=je paye, jpaie=je paie, jy=j y,
  jdemenage=je demenage, cest=c est, sest=s est, setouffe=s etouffe, sevanouit=s evanouit, dun=d un, dune=d une,
  narrive=n arrive, nouvre=n ouvre, nest=n est, na=n a, ya=y a, sil=s il, quil=qu il, qqn=quelqu un, qqun=quelqu
  un, kelkun=quelqu un, quelquun=quelqu un, pr=pour, pdt=pendant, ds=dans, ts=tous, tt=tout,
  koi=quoi, ke=que, ki=qui, mexpliquer=m expliquer, maider=m aider, mapprendre=m apprendre, mamener=m amener,
  memmener=m emmener, rdv=rendez vous, tel=telephone, ordi=ordinateur, appart=appartement, eur=euro, euros=euro,
  balles=euro, €=euro`
    .split(/,\s+/)
    .map((line): [string, string] => [
      line.slice(0, line.indexOf('=')),
      line.slice(line.indexOf('=') + 1).replace(/\s+/g, ' '),
    ]),
);

/** Doubled letters are the commonest typing slip in French ("coursses", "apartement"): both sides of every comparison lose them. */
export const single = (word: string): string => word.replace(/([a-z])\1/g, '$1');

/** Longer runs of letters are no French word; what follows is cut, so that no single word costs much. */
const longestWord = 30;

const wordPattern = /[a-z]+|\d[\d.,]*|[€/]/g;

/** Sentences of folded words: letters, numbers, `/`; money signs and names become `euro`, apostrophes are gone. */
export const sentencesOf = (text: string): string[][] => {
  const sentences: string[][] = [];
  for (const part of fold(text).split(/[!?;\n]|\.(?!\d)/)) {
    const words: string[] = [];
    for (const raw of part.match(wordPattern) ?? []) {
      const spelled = spelledOut.get(raw);
      if (spelled === undefined) words.push(raw.length > longestWord ? raw.slice(0, longestWord) : raw);
      else words.push(...spelled.split(' '));
    }
    if (words.length > 0) sentences.push(words);
  }
  return sentences;
};
