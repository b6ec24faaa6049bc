// Moving about in a menu: arrows go round, Home and End leap, letters find, Tab leaves.

/** Handles a key within a `role="menu"`. Answers whether it meant something. */
export function moveInMenu(event: KeyboardEvent, menu: ParentNode, active: Element | null): boolean {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([disabled])')];
  const at = items.findIndex((item) => item === active);
  const next = nextItem(event.key, at, items);
  if (!next) return false;
  event.preventDefault();
  next.focus();
  return true;
}

function nextItem(key: string, at: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items.at(at <= 0 ? -1 : at - 1);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return /^.$/u.test(key) ? byLetter(key, at, items) : undefined;
  }
}

function byLetter(letter: string, at: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  const turned = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return turned.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(letter.toLocaleLowerCase()));
}
