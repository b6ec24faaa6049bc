// Whether a key press means "send". Never while a word is being composed: Enter then chooses the candidate.

/** Safari ends a composition before the Enter that ended it comes in; that one carries the key code of the input method. */
const INPUT_METHOD = 229;

export function meansSend(event: KeyboardEvent, enterSends: boolean): boolean {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === INPUT_METHOD) return false;
  if (event.altKey) return false;
  const modified = event.ctrlKey || event.metaKey;
  if (event.shiftKey) return false;
  return enterSends ? true : modified;
}
