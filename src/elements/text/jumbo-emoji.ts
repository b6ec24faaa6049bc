// One to three emoji and nothing else are shown large.

const MOST = 3;
const EMOJI =
  /^(?:\p{RI}\p{RI}|\p{Emoji}\u{1f3f4}?[\u{e0061}-\u{e007f}]+|[0-9#*]\ufe0f?\u20e3|(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Emoji_Modifier_Base})(?:\p{Emoji_Modifier}|\ufe0f)?(?:\u200d\p{Emoji}(?:\p{Emoji_Modifier}|\ufe0f)?)*(?:[\u{e0061}-\u{e007f}]+)?)$/u;

export function isJumboEmoji(text: string): boolean {
  if (text.length === 0 || text.length > 64 || /[\p{L}\p{P}]/u.test(text.replaceAll(/[#*]/g, ''))) return false;
  const parts = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.replaceAll(/\s/g, ''))];
  return parts.length > 0 && parts.length <= MOST && parts.every((part) => EMOJI.test(part.segment));
}
