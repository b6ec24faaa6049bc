// Making a backup and bringing one back: what is asked of the core, what a person is told, and what becomes of the file.
import type { BackupPiece, RestoreRefusal } from '../../../src/contracts/backup.ts';
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { equal, ok, same } from '../../browser-kit/expect.ts';
import { addPeople } from '../../browser-kit/people.ts';
import { until } from '../../browser-kit/person.ts';
import { Widget, type WidgetWishes } from '../../browser-kit/widget.ts';

type Picker = { showSaveFilePicker?: unknown };
const picker = (window as Picker).showSaveFilePicker;
const click = HTMLAnchorElement.prototype.click;

afterEach(() => {
  (window as Picker).showSaveFilePicker = picker;
  HTMLAnchorElement.prototype.click = click;
  Widget.leave();
});

const sheetOf = (widget: Widget): HTMLElement | undefined =>
  widget.find('warbler-backup-sheet')?.shadowRoot?.querySelector('.sheet') ?? undefined;

const pieceOf = (first: number, isLast: boolean): BackupPiece => ({
  state: 'written',
  bytes: Uint8Array.of(first, 2, 3),
  isLast,
  conversations: { done: isLast ? 4 : 2, total: 4 },
  messages: isLast ? 1_200 : 600,
});

async function openBackup(wishes: WidgetWishes = {}): Promise<Widget> {
  const widget = await Widget.open({ ...wishes, prepare: (session) => (addPeople(session), wishes.prepare?.(session)) });
  const isChinese = wishes.lang === 'zh-CN';
  await widget.press(isChinese ? '账号与设置' : 'Account and settings');
  await widget.press(isChinese ? '备份' : 'Backup');
  await until(() => sheetOf(widget), 'the sheet');
  await widget.settle();
  return widget;
}

/** A place for files that remembers what became of them. */
function aDisk(): { written: number[]; ends: string[] } {
  const disk = { written: [] as number[], ends: [] as string[] };
  const stream = {
    write: async (bytes: Uint8Array) => void disk.written.push(...bytes),
    seek: async () => undefined,
    truncate: async () => void (disk.written.length = 0),
    close: async () => void disk.ends.push('closed'),
    abort: async () => void disk.ends.push('aborted'),
  };
  (window as Picker).showSaveFilePicker = async () => ({ createWritable: async () => stream });
  return disk;
}

async function makeWithCode(widget: Widget): Promise<void> {
  await widget.press('Make a backup');
  await widget.press('I have written the code down');
  await widget.press('Save backup');
}

async function choose(widget: Widget, name: string, size: number): Promise<void> {
  const input = widget.all('input[type="file"]')[0] as HTMLInputElement;
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(size)], name));
  input.files = files.files;
  input.dispatchEvent(new Event('change'));
  await widget.settle();
}

async function bring(widget: Widget): Promise<void> {
  await widget.press('Restore a backup');
  await choose(widget, 'mia.wbk', 200);
  await widget.write('Its words or recovery code', 'five words that nobody guesses');
  await widget.press('Restore');
}

describe('making a backup', () => {
  it('says what is in it, and waits until the code was written down', async () => {
    const disk = aDisk();
    const widget = await openBackup();
    ok(widget.text.includes('Not in it: the keys of this device'), widget.text);
    await widget.press('Make a backup');
    await widget.press('Save backup');
    await widget.hear('Write the code down first');
    same(widget.session.asked('beginBackup'), []);
    same(disk.ends, []);
  });

  it('writes what comes, in order, and says how much it was', async () => {
    const disk = aDisk();
    const widget = await openBackup({ prepare: ({ backups }) => (backups.pieces = [pieceOf(1, false), pieceOf(9, true)]) });
    await makeWithCode(widget);
    await widget.hear('1,200 messages');
    same(disk.written, [1, 2, 3, 9, 2, 3]);
    same(disk.ends, ['closed']);
    const [[wish] = []] = widget.session.asked('beginBackup') as readonly (readonly [{ secret: string }])[];
    ok(wish && /^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/.test(wish.secret), 'a code of 24 letters');
    ok(sheetOf(widget)?.contains(widget.focused), 'the keys go on in the sheet');
  });

  it('tells how far it is, and keeps nothing of what was cancelled', async () => {
    const disk = aDisk();
    const widget = await openBackup({ prepare: ({ backups }) => (backups.pieces = [pieceOf(1, false)]) });
    widget.session.hold('readBackup');
    await makeWithCode(widget);
    const bar = await until(() => widget.find('[role="progressbar"]'), 'the bar');
    equal(bar.getAttribute('aria-valuetext'), 'Making the key…');
    await widget.press('Cancel');
    widget.session.letGo('readBackup');
    await widget.hear('No file was kept');
    same(disk.ends, ['aborted']);
    same(widget.session.asked('endBackup'), [['backup']]);
  });

  it('begins the file anew with another core, and gives up where none holds', async () => {
    const disk = aDisk();
    const widget = await openBackup();
    widget.session.refuse('readBackup', { kind: 'not-found' });
    await makeWithCode(widget);
    await until(() => disk.ends.length > 0, 'an end');
    same(disk.ends, ['aborted']);
    equal(widget.session.asked('beginBackup').length, 3);
    await until(() => widget.find('.fault'), 'what went wrong');
  });

  it('names the strength of one’s own words, and takes no weak ones', async () => {
    aDisk();
    const widget = await openBackup();
    await widget.press('Make a backup');
    await widget.press('With words of my own');
    await widget.write('Your words', 'only three words');
    await widget.hear('Too short');
    await widget.press('Save backup');
    await widget.hear('At least five different words are needed.');
    same(widget.session.asked('beginBackup'), []);
    await widget.write('Your words', 'walnut harbour ninety silver kite');
    await widget.hear('Good');
  });

  it('is a download where the browser writes no files', async () => {
    delete (window as Picker).showSaveFilePicker;
    if ((window as Picker).showSaveFilePicker) Object.assign(window, { showSaveFilePicker: undefined });
    const saved: string[] = [];
    HTMLAnchorElement.prototype.click = function saveAs(this: HTMLAnchorElement) {
      saved.push(this.download);
    };
    const widget = await openBackup({ prepare: ({ backups }) => (backups.pieces = [pieceOf(1, true)]) });
    await widget.press('Make a backup');
    ok(widget.text.includes('keeps the file in memory'), widget.text);
    await widget.press('I have written the code down');
    await widget.press('Save backup');
    await widget.hear('1,200 messages');
    equal(saved.length, 1);
    ok(/^warbler-mia-\d{4}-\d\d-\d\d\.wbk$/.test(saved[0] ?? ''), saved[0]);
  });
});

describe('bringing a backup back', () => {
  it('gives the bytes that are asked for, and says what came of it', async () => {
    const found = { writtenAt: Date.now(), conversations: 4, added: 1_200, recovered: 30, decisions: 2 };
    const widget = await openBackup({
      prepare: ({ backups }) =>
        (backups.steps = [
          { state: 'preparing', restore: 'r' },
          { state: 'reading', restore: 'r', stage: 'checking', from: 64, to: 200 },
          { state: 'reading', restore: 'r', stage: 'restoring', from: 64, to: 200 },
          { state: 'restored', restore: 'r', found },
        ]),
    });
    await bring(widget);
    await widget.hear('1,200 messages added');
    const pieces = widget.session.asked('giveToRestore') as readonly (readonly [{ from: number; bytes: Uint8Array }])[];
    same(
      pieces.map(([{ from, bytes }]) => [from, bytes.length]),
      [
        [0, 0],
        [64, 136],
        [64, 136],
      ],
    );
    ok(widget.text.includes('Ask them to compare its keys with you'), widget.text);
    await widget.press('Show my devices');
    await until(() => widget.find('warbler-devices-sheet'), 'the own devices');
  });

  it('says of every file that is not taken what to do', async () => {
    const words: Record<RestoreRefusal, string> = {
      'not-a-backup': 'Choose another file',
      newer: 'Reload the page',
      unsafe: 'Do not use it',
      'wrong-secret': 'Check them and try again',
      damaged: 'Use another copy',
      'cut-short': 'Download or copy it again',
      'other-account': 'Sign in there',
    };
    for (const [why, said] of Object.entries(words) as [RestoreRefusal, string][]) {
      const widget = await openBackup({ prepare: ({ backups }) => (backups.steps = [{ state: 'refused', why }]) });
      await bring(widget);
      await widget.hear(said);
      equal(widget.named<HTMLInputElement>('Its words or recovery code').value, 'five words that nobody guesses', 'what was typed');
      Widget.leave();
    }
  });

  it('asks for the file and for its words', async () => {
    const widget = await openBackup();
    await widget.press('Restore a backup');
    await widget.press('Restore');
    await widget.hear('Choose the file first.');
    await choose(widget, 'mia.wbk', 100);
    ok(widget.text.includes('Chosen: mia.wbk'), widget.text);
    await widget.press('Restore');
    await widget.hear('Enter the words or the code');
    same(widget.session.asked('beginRestore'), []);
  });
});

describe('the sheet about backups', () => {
  for (const [lang, theme] of [
    ['en', 'light'],
    ['zh-CN', 'dark'],
  ] as const)
    it(`axe finds nothing on any of its faces, and it fits into 320 px: ${lang}, ${theme}`, async () => {
      aDisk();
      const isChinese = lang === 'zh-CN';
      const widget = await openBackup({ lang, theme, width: 320, height: 568 });
      const check = async (): Promise<void> => {
        same(await accessibilityFaults(widget.chat), []);
        const sheet = sheetOf(widget);
        ok(sheet && sheet.scrollWidth <= sheet.clientWidth, 'nothing stands out');
      };
      await check();
      await widget.press(isChinese ? '制作备份' : 'Make a backup');
      await check();
      await widget.press(isChinese ? '使用自己的口令' : 'With words of my own');
      await check();
      await widget.press(isChinese ? '返回' : 'Back');
      await widget.press(isChinese ? '恢复备份' : 'Restore a backup');
      await check();
      widget.session.hold('beginBackup');
      await widget.press(isChinese ? '返回' : 'Back');
      await widget.press(isChinese ? '制作备份' : 'Make a backup');
      await widget.press(isChinese ? '使用恢复码' : 'With a recovery code');
      await widget.press(isChinese ? '我已抄下恢复码' : 'I have written the code down');
      await widget.press(isChinese ? '保存备份' : 'Save backup');
      await until(() => widget.find('[role="progressbar"]'), 'the bar');
      await check();
    });
});
