// What stands beside the thread comes after it, and then stays.
import { ok } from '../../browser-kit/expect.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Widget } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

describe('the list beside a thread', () => {
  it('stays the same list while its first conversation is opened', async () => {
    const widget = await Widget.open({ prepare: addPeople });
    const list = widget.find('warbler-conversation-list');
    ok(list, 'drawn at once where nothing is open');
    widget
      .all('.row')
      .find((one) => one.dataset['id'] === LI)
      ?.click();
    await until(() => widget.find('warbler-composer'), 'what stands around the thread');
    await widget.press('Back to conversations');
    ok(widget.find('warbler-conversation-list') === list, 'the same list');
  });
});
