// The keys that find, from anywhere in the widget.
import { equal, ok } from '../../browser-kit/expect.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { Widget } from '../../browser-kit/widget.ts';

afterEach(() => Widget.leave());

function pressFind(widget: Widget): KeyboardEvent {
  const isApple = /Mac|iP/.test(navigator.platform);
  const init = { key: 'f', ctrlKey: !isApple, metaKey: isApple, bubbles: true, composed: true, cancelable: true };
  const event = new KeyboardEvent('keydown', init);
  widget.focused?.dispatchEvent(event);
  return event;
}

const open = async (): Promise<Widget> => {
  const widget = await Widget.open({ prepare: addPeople, width: 1000 });
  widget
    .all('.row')
    .find((row) => row.dataset['id'] === LI)
    ?.focus();
  return widget;
};

describe('the keys that find', () => {
  it('are the browser’s own while no conversation is open', async () => {
    const widget = await open();
    ok(!pressFind(widget).defaultPrevented, 'left alone');
  });

  it('work from where one writes, and give the focus back', async () => {
    const widget = await open();
    (widget.focused as HTMLElement).click();
    await widget.settle();
    widget.find('textarea')?.focus();
    ok(pressFind(widget).defaultPrevented, 'taken');
    await until(() => widget.focusedName === 'Find in conversation', 'the field');
    ok(!pressFind(widget).defaultPrevented, 'the second press left alone');
    await widget.key('Escape');
    equal(widget.focused?.localName, 'textarea');
  });

  it('have a twin in the menu of the conversation', async () => {
    const widget = await open();
    (widget.focused as HTMLElement).click();
    await widget.settle();
    await widget.press('Conversation actions');
    await widget.press('Find in conversation');
    await until(() => widget.focused instanceof HTMLInputElement, 'the field');
    await widget.key('Escape');
    equal(widget.focusedName, 'Conversation actions');
  });
});
