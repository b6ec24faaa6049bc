// What a tab remembers over a reload: open or closed, list or thread. And what a person chose for good: theme and language.
// Nothing is written before the person acts, and no address ever: the core knows which conversation was open.
import type { Locale } from '../../texts/texts.ts';
import type { Appearance } from '../contexts/appearance.ts';

export interface KeptView {
  open?: boolean;
  view?: 'list' | 'thread';
}

export interface Preferences {
  theme?: Appearance['theme'];
  language?: Locale;
  /** Whether a single character may be a shortcut: some people speak to their machine, and it types. */
  singleKeys?: boolean;
}

const PREFERENCES = 'warbler:preferences';
const viewKey = (profile: string): string => `warbler:view:${profile}`;

export function readView(profile: string): KeptView {
  const { open, view } = read('sessionStorage', viewKey(profile));
  return { ...(typeof open === 'boolean' ? { open } : {}), ...(view === 'list' || view === 'thread' ? { view } : {}) };
}

export function keepView(profile: string, view: KeptView): void {
  write('sessionStorage', viewKey(profile), { ...readView(profile), ...view });
}

export function readPreferences(): Preferences {
  const { theme, language, singleKeys } = read('localStorage', PREFERENCES);
  return {
    ...(theme === 'light' || theme === 'dark' || theme === 'auto' ? { theme } : {}),
    ...(language === 'zh-CN' || language === 'en' ? { language } : {}),
    ...(typeof singleKeys === 'boolean' ? { singleKeys } : {}),
  };
}

export function keepPreferences(preferences: Preferences): void {
  write('localStorage', PREFERENCES, { ...readPreferences(), ...preferences });
}

type Area = 'sessionStorage' | 'localStorage';

/** A browser may forbid storage, and others may have written rubbish: then there is nothing kept. */
function read(area: Area, key: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(window[area].getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}

function write(area: Area, key: string, value: object): void {
  try {
    window[area].setItem(key, JSON.stringify(value));
  } catch {
    // Without storage the widget forgets at reload, and works all the same.
  }
}
