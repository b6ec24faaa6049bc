// A connection that writes down what is said and answers questions by script. No engine, no time of its own.
import { failed, succeeded, type Answer } from '../../src/model/failure.ts';
import type { Connection } from '../../src/core/ports.ts';
import { parseFrame, writeElement, type Element } from '../../src/xmpp/xml.ts';

/** Answers a question, or leaves it open (`undefined`) as an engine that is slow. */
export type Script = (iq: Element, text: string) => Answer<Element> | Promise<Answer<Element>> | undefined;

export interface ScriptedConnection extends Pick<Connection, 'ask' | 'send' | 'fullAddress'> {
  /** Everything said, as text without the stanza's own namespace, oldest first. */
  readonly said: string[];
  /** What was said since the last call. */
  takeSaid(): string[];
  script: Script;
  isDown: boolean;
}

export function scriptedConnection(full: string, script: Script = () => succeeded(stanza(`<iq type="result"/>`))): ScriptedConnection {
  const said: string[] = [];
  return {
    said,
    script,
    isDown: false,
    takeSaid: () => said.splice(0),
    fullAddress: () => full,
    send(element, fate) {
      if (this.isDown) return fate?.('lost');
      said.push(writeElement(element, 'jabber:client'));
    },
    ask(iq) {
      if (this.isDown) return Promise.resolve(failed({ kind: 'offline' }));
      const text = writeElement(iq, 'jabber:client');
      said.push(text);
      return Promise.resolve(this.script(iq, text) ?? new Promise<Answer<Element>>(() => undefined));
    },
  };
}

/** A stanza from its text; the namespace may be left out. */
export function stanza(text: string): Element {
  const frame = parseFrame(text.replace(/^<(message|presence|iq)(?=[\s/>])(?![^>]*\sxmlns=)/, '<$1 xmlns="jabber:client"'));
  if (!frame.ok) throw new Error(`${frame.error}: ${text}`);
  return frame.element;
}

export const refused = (reason: 'other' | 'forbidden' | 'name-taken' = 'other'): Answer<Element> => failed({ kind: 'refused', reason });

/** Lets everything that needs no time come to its end. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
