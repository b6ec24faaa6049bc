// Which rows a scrolled list needs: those in sight and a page on either side, so that a fling shows no blank.

export interface Sight {
  scrolled: number;
  height: number;
  rowHeight: number;
}

export interface Range {
  from: number;
  count: number;
}

/** In steps of a quarter page, so that small scrolls ask for nothing new. */
export function rangeInSight({ scrolled, height, rowHeight }: Sight): Range {
  const page = Math.max(4, Math.ceil(height / rowHeight));
  const step = Math.max(1, page >> 2);
  const first = Math.floor(Math.max(0, scrolled) / rowHeight / step) * step;
  return { from: Math.max(0, first - page), count: page * 3 + step };
}

/** Where to scroll so that a row is wholly in sight; as little as possible. */
export function scrollToShow(index: number, { scrolled, height, rowHeight }: Sight): number {
  const [top, bottom] = [index * rowHeight, (index + 1) * rowHeight];
  if (top < scrolled) return top;
  return bottom > scrolled + height ? bottom - height : scrolled;
}
