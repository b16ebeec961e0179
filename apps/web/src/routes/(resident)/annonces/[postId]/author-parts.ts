export { default as PostMatches } from '#lib/matching/PostMatches.svelte';
export { default as PostReach } from '#lib/matching/PostReach.svelte';
export { reachSentence } from '#lib/matching/reach-words.ts';
export { default as AuthorGestures } from './AuthorGestures.svelte';
export { default as PostState } from './PostState.svelte';
export { default as SetPlaces } from './SetPlaces.svelte';
export { default as StillNeeded } from './StillNeeded.svelte';
