// A bound stream as people and rooms see a connection: questions with their answers, and everything else as stanzas.
import { failureOfStanza } from '../../../src/core/connection/stanza-failure.ts';
import type { Connection } from '../../../src/core/ports.ts';
import { failed, succeeded, type Answer } from '../../../src/model/failure.ts';
import { parseFrame, writeElement, type Element } from '../../../src/xmpp/xml.ts';
import { openBound, type RawLogin } from './raw-stream.ts';

export interface LiveLine extends Pick<Connection, 'ask' | 'send' | 'fullAddress'> {
  /** Every stanza that is no answer, as it came. */
  onStanza: (stanza: Element) => void;
  /** What came, as text. */
  readonly frames: string[];
  /** Until what is looked for has come true; looked at after each frame. */
  until(isSo: () => boolean): Promise<void>;
  close(): void;
}

/** A test that waits for what does not come ends soon, and says where. */
const PATIENCE_MS = 15_000;

export async function openLiveLine(login: RawLogin, resource: string): Promise<LiveLine> {
  const stream = await openBound(login, resource);
  const waiting = new Map<string, (answer: Answer<Element>) => void>();
  const lookers = new Set<() => void>();
  const frames: string[] = [];
  let isClosed = false;
  let count = 0;
  const line: LiveLine = {
    frames,
    onStanza: () => undefined,
    fullAddress: () => `${login.name}@${login.domain}/${resource}`,
    send: (stanza) => stream.send(writeElement(stanza)),
    ask(iq) {
      const id = `live${++count}`;
      stream.send(writeElement({ ...iq, attributes: { ...iq.attributes, id } }));
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    until: (isSo) =>
      new Promise((resolve, reject) => {
        const told = new Error('what was waited for did not come');
        const late = setTimeout(() => reject(told), PATIENCE_MS);
        const look = (): void => {
          if (!isSo()) return;
          lookers.delete(look);
          clearTimeout(late);
          resolve();
        };
        lookers.add(look);
        look();
      }),
    close() {
      isClosed = true;
      stream.close();
    },
  };
  const take = (text: string): void => {
    frames.push(text);
    const frame = parseFrame(text);
    if (!frame.ok) throw new Error(`${frame.error}: ${text}`);
    const { name, attributes } = frame.element;
    const settle = name === 'iq' && /result|error/.test(attributes['type'] ?? '') ? waiting.get(attributes['id'] ?? '') : undefined;
    if (settle) settle(answerOf(frame.element));
    else line.onStanza(frame.element);
    // Answers reach those who asked before anybody looks.
    setImmediate(() => [...lookers].forEach((look) => look()));
  };
  const pump = async (): Promise<void> => {
    for (;;) {
      const text = await stream.take(() => true).catch(() => undefined);
      if (isClosed) return;
      if (text !== undefined) take(text);
    }
  };
  void pump();
  return line;
}

const answerOf = (iq: Element): Answer<Element> => (iq.attributes['type'] === 'error' ? failed(failureOfStanza(iq)) : succeeded(iq));
