// F6 goes round the regions of the widget.

/** The regions that are in sight, in reading order. */
function regionsIn(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.checkVisibility());
}

/** Moves the focus to the next region, or back. Answers whether there was one. */
export function moveToRegion(root: ShadowRoot, back: boolean): boolean {
  const regions = regionsIn(root);
  if (regions.length === 0) return false;
  const at = regions.findIndex((region) => region.contains(root.activeElement));
  const next = regions[(at + (back ? -1 : 1) + regions.length) % regions.length];
  focusInto(next);
  return true;
}

/** Elements know where their focus belongs; in a plain region it is the first control. */
function focusInto(region: HTMLElement | undefined): void {
  const own = region?.localName.includes('-') ? region : region?.querySelector<HTMLElement>('button, input');
  own?.focus();
}
