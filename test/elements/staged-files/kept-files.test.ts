// Files that are staged over a reload: kept as they come, brought back as they stood, gone when another tab has sent them.
import type { MessageId } from '../../../src/model/message.ts';
import { same, equal } from '../../browser-kit/expect.ts';
import { clearStages, until } from '../../browser-kit/person.ts';
import { drawFile, fileOfSize } from '../../browser-kit/pictures.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { choose, drafts, names, open, press, rows } from './staging.ts';

afterEach(clearStages);

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
