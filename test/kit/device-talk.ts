// What tests of one device say and read: numbered texts, whole threads, and time that goes on until nothing moves.
import { writeElement, type Element } from '../../src/xmpp/xml.ts';
import type { FakeClock } from './fake-clock.ts';
import type { MessageDevice } from './message-device.ts';
import type { ModelEngine } from './model-engine.ts';
import { settled, stanza } from './scripted-connection.ts';

export const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
export const texts = (messages: readonly { text: string }[]): string[] => messages.map(({ text }) => text);
export const bodyOf = (message: Element): string | undefined => /<body>([^<]*)/.exec(writeElement(message))?.[1];
export const textsIn = (archive: ReturnType<ModelEngine['archiveOf']>): string[] => archive.flatMap(({ message }) => bodyOf(message) ?? []);

export const body = (id: string, to: string, text: string): Element =>
  stanza(
    `<message type="chat" id="${id}" to="${to}"><body>${text}</body><origin-id xmlns="urn:xmpp:sid:0" id="${id}"/><request xmlns="urn:xmpp:receipts"/></message>`,
  );

export async function comeToRest({ line }: MessageDevice, clock: FakeClock, steps = 120): Promise<void> {
  for (let step = 0; step < steps; step++) {
    line.take();
    line.pass();
    line.acknowledge();
    if (step % 5 === 4) {
      clock.advance(60);
      await settled();
    }
  }
  await settled();
}
