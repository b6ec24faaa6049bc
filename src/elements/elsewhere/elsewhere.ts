// What is told of conversations that nobody looks at: a figure in the page's title, words for those who listen. One file to fetch.
export { ElsewhereVoice } from './elsewhere-voice.ts';
export { countInTitle } from './title-count.ts';
export { Presence } from '../lock/presence.ts';
