// The core is asked for before the first words are there.
import { digestName } from '../../../src/base/digest.ts';
import '../../../src/entries/define.ts';
import type { WarblerChat } from '../../../src/elements/chat/chat.ts';
import { equal } from '../../browser-kit/expect.ts';
import { until } from '../../browser-kit/person.ts';

describe('a chat that is shown at once', () => {
  it('begins with the profile that it has when the words are there, however early the core was asked for', async () => {
    const names: string[] = [];
    const { SharedWorker: real } = window;
    window.SharedWorker = class extends EventTarget {
      readonly port = new MessageChannel().port1;
      constructor(_url: string, { name }: WorkerOptions) {
        super();
        names.push(name ?? '');
      }
    } as unknown as typeof SharedWorker;
    const chat = document.createElement('warbler-chat') as WarblerChat;
    chat.setAttribute('mode', 'inline');
    document.body.append(chat);
    await Promise.resolve();
    chat.profile = 'second';
    const wanted = `warbler-${digestName('open', 'second')}`;
    await until(() => names.includes(wanted));
    equal(names.at(-1), wanted);
    chat.remove();
    window.SharedWorker = real;
  });
});
