declare module 'snowball-stemmers' {
  const factory: { newStemmer: (language: 'french') => { stem: (word: string) => string } };
  export default factory;
}
