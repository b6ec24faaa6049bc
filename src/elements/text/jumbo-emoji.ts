// One to three emoji and nothing else are shown large.
// By one expression and not by the browser's own segments, whose tables it reads for 25 ms before the first message is drawn.

const ONE =
  '(?:\\p{RI}\\p{RI}|\\p{Emoji}[\\u{e0061}-\\u{e007f}]+|[0-9#*]\\ufe0f?\\u20e3|(?:\\p{Emoji_Presentation}|\\p{Emoji}\\ufe0f|\\p{Emoji_Modifier_Base})(?:\\p{Emoji_Modifier}|\\ufe0f)?(?:\\u200d\\p{Emoji}(?:\\p{Emoji_Modifier}|\\ufe0f)?)*(?:[\\u{e0061}-\\u{e007f}]+)?)';
const ONE_TO_THREE = new RegExp(`^(?:\\s*${ONE}){1,3}\\s*$`, 'u');
/** No emoji is written without one of these; most messages have none. */
const MAY_BE = /[^\0-\u203b]/;

export function isJumboEmoji(text: string): boolean {
  return text.length <= 64 && MAY_BE.test(text) && ONE_TO_THREE.test(text);
}
