// What others call this device: the program and the browser. Anybody may read it, so it says no more than tells two own devices apart.

/** The first that is named counts: browsers name those they are made from as well. */
const BROWSERS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bChrom(e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

export function deviceLabel(userAgent = ''): string {
  const browser = BROWSERS.find(([mark]) => mark.test(userAgent))?.[1];
  return browser ? `Warbler, ${browser}` : 'Warbler';
}
