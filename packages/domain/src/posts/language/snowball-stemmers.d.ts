declare module 'snowball-stemmers' {
  export const newStemmer: (language: 'french') => { stem: (word: string) => string };
}
