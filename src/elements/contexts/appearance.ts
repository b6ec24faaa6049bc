// How much room there is and who wears the theme. An element that finds no appearance above it stands alone and dresses itself.
import { createContext } from '@lit/context';

export interface Appearance {
  theme: 'auto' | 'light' | 'dark';
  /** `one`: list or thread. `two`: list beside thread. */
  columns: 'one' | 'two';
}

export const appearanceContext: { __context__: Appearance } = createContext<Appearance>(Symbol.for('warbler.appearance'));
