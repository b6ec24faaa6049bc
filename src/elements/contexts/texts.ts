// The words in the language of the widget. Replaced as a whole when the language changes.
import { createContext } from '@lit/context';
import type { Texts } from '../../texts/texts.ts';

export const textsContext: { __context__: Texts } = createContext<Texts>(Symbol.for('warbler.texts'));
