// The mark: a bird that is also a speech bubble, drawn in a box of 24. Shared by the icons and by the loader, which has no library.

export const BIRD_BODY =
  'M3.2 20.2 6 17.4c-1.4-1.3-2.2-3-2.2-4.9 0-4.3 3.8-7.7 8.6-7.7 3.2 0 5.7 1.6 6.7 4l2.9 1.5-2.7 1.5c0 5-3.6 8.4-8.5 8.4Z';
export const BIRD_SMILE = 'M6.6 14.2c2.2 1.2 4.6 1.2 6.8-.4';
export const BIRD_EYE = { x: 14.6, y: 10, radius: 1.25 } as const;
