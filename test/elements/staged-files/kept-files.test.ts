// Files that are staged over a reload: kept as they come, brought back as they stood, gone when another tab has sent them.
import type { FileDraft } from '../../../src/contracts/files.ts';
import { ensureElement } from '../../../src/elements/registry.ts';
import type { MessageId } from '../../../src/model/message.ts';
import { same, equal } from '../../browser-kit/expect.ts';
import { clearStages, until } from '../../browser-kit/person.ts';
import { drawFile, fileOfSize } from '../../browser-kit/pictures.ts';
import { LI, type ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Writer } from '../composer/writer.ts';

afterEach(clearStages);

const strip = (writer: Writer): ShadowRoot | null | undefined =>
  writer.composer.shadowRoot?.querySelector('warbler-staged-files')?.shadowRoot;
const rows = (writer: Writer): HTMLElement[] => [...(strip(writer)?.querySelectorAll<HTMLElement>('li') ?? [])];
const names = (writer: Writer): (string | undefined)[] => rows(writer).map((row) => row.querySelector('.name')?.textContent?.trim());
function carrying(...files: readonly File[]): DataTransfer {
  const carried = new DataTransfer();
  for (const file of files) carried.items.add(file);
  return carried;
}

async function choose(writer: Writer, ...files: readonly File[]): Promise<void> {
  const input = writer.composer.shadowRoot?.querySelector('input');
  if (!input) throw new Error('there is nothing to choose with');
  input.files = carrying(...files).files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await until(() => rows(writer).length === files.length, 'the files');
}

async function open(prepare?: (session: ScriptedSession) => void, lang?: 'zh-CN' | 'en', theme?: string): Promise<Writer> {
  await ensureElement('warbler-staged-files');
  return Writer.open(prepare, lang, theme);
}

const press = async (writer: Writer, label: string): Promise<void> => {
  const button = [...(strip(writer)?.querySelectorAll<HTMLButtonElement>('button') ?? [])].find((one) => one.ariaLabel === label);
  if (!button) throw new Error(`no button ${label}`);
  button.focus();
  button.click();
  await writer.settle();
};

const drafts = (writer: Writer): FileDraft[] => writer.session.asked('sendFile').map(([, draft]) => draft as FileDraft);

describe('files that are staged and not sent', () => {
  it('are kept as they come, and brought back in their order after a reload', async () => {
    const writer = await open();
    await choose(writer, fileOfSize(184_000), await drawFile());
    equal(writer.session.asked('keepStaged').length, 2);
    await press(writer, 'Move hills.jpg forward');
    const kept = writer.session.files.staged.get(LI) ?? [];
    same(
      kept.map(({ name }) => name),
      ['hills.jpg', 'notes.pdf'],
    );
    clearStages();
    const next = await open((session) => {
      session.files.staged.set(LI, kept);
      session.change(LI, { staged: 2 });
    });
    await until(() => rows(next).length === 2, 'the files');
    same(names(next), ['hills.jpg', 'notes.pdf']);
    await until(() => next.button?.disabled === false, 'they can be sent');
    next.button?.click();
    await until(() => drafts(next).length === 2, 'they are sent');
    same(drafts(next).map((draft) => draft.id), kept.map((draft) => draft.id)); // oxfmt-ignore
  });

  it('that were brought back go when another tab has sent them', async () => {
    const writer = await open((session) => {
      session.files.staged.set(LI, [{ id: 'far' as MessageId, name: 'far.txt', file: new Blob(['far']), asIs: false }]);
      session.change(LI, { staged: 1 });
    });
    await until(() => rows(writer).length === 1, 'the file');
    writer.session.change(LI, { staged: undefined } as object);
    await until(() => rows(writer).length === 0, 'it goes');
  });
});
