// What a sender says of a file is text: whatever it says, nothing runs, nothing reads the other way round, nothing leaves its bubble.
import { accessibilityFaults } from '../../browser-kit/accessibility.ts';
import { atMost, equal, ok, same } from '../../browser-kit/expect.ts';
import { frame, until } from '../../browser-kit/person.ts';
import { LI } from '../../browser-kit/scripted-session.ts';
import { ensureElement } from '../../../src/elements/registry.ts';
import { HOSTILE } from '../text/hostile.ts';
import { Reader } from '../thread/reader.ts';
import { PDF, pictureOf, Viewer, withFile } from './viewer.ts';

afterEach(() => Reader.leave());

const NAMES: readonly string[] = [
  ...HOSTILE,
  'photo\u202egpj.exe',
  '\u2066invoice\u2069\u202dfdp.scr',
  `${'long'.repeat(75)}.pdf`,
  'x'.repeat(300),
  `${'ع'.repeat(150)}.pdf`,
  `e${'\u0301'.repeat(299)}.txt`,
  '.',
  '',
];
const TAGS = new Set(['SLOT', 'BUTTON', 'SPAN', 'BDI', 'svg', 'path', 'rect', 'circle', 'STYLE', 'CANVAS']);
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;

describe('a file with a hostile name', () => {
  for (const name of NAMES)
    it(`is inert and stays inside: ${JSON.stringify(name).slice(0, 60)}`, async () => {
      const viewer = await Viewer.open({ ...PDF, name, type: name });
      const bubble = viewer.reader.bubble('m4');
      await frame();
      equal('hit' in globalThis, false, 'a script ran');
      for (const one of viewer.bubble.shadowRoot?.querySelectorAll('*') ?? []) {
        ok(TAGS.has(one.tagName), `a harmless element, ${one.tagName}`);
        for (const attribute of one.attributes) ok(!attribute.name.startsWith('on'), attribute.name);
      }
      ok(!BIDI.test(viewer.bubble.shadowRoot?.innerHTML ?? ''), 'nothing turns the direction of writing');
      const thread = viewer.reader.thread.getBoundingClientRect();
      atMost(bubble.getBoundingClientRect().right, thread.right, 'right edge');
      equal(viewer.reader.log.scrollWidth, viewer.reader.log.clientWidth, 'nothing to scroll sideways');
      const facts = viewer.find('.facts')?.getBoundingClientRect();
      atMost(facts?.right ?? Infinity, bubble.getBoundingClientRect().right, 'its words');
    });

  it('always shows how the name ends', async () => {
    const viewer = await Viewer.open({ ...PDF, name: `${'terms-and-conditions-'.repeat(12)}.pdf.exe` }, { width: 320 });
    const end = viewer.find('.name > :last-child')?.getBoundingClientRect();
    ok(end && end.right <= viewer.reader.bubble('m4').getBoundingClientRect().right, 'the end is in sight');
    ok(
      viewer.find('.name > :last-child')?.textContent?.endsWith('.pdf.exe') || viewer.find('.name')?.textContent?.endsWith('.exe'),
      'as it is',
    );
  });

  for (const size of [0, -1, NaN, Infinity, 2 ** 53])
    it(`whose size is said to be ${size}`, async () => {
      const viewer = await Viewer.open({ ...PDF, size });
      ok(viewer.said.startsWith('Save terms.pdf'), viewer.said);
    });

  for (const [width, height] of [
    [1, 100_000],
    [100_000, 1],
    [1, 1],
    [2 ** 31, 2 ** 31],
  ] as const)
    it(`a picture that says it is ${width} by ${height} keeps a bubble one can see and use`, async () => {
      const viewer = await Viewer.open(await pictureOf({ width, height }));
      const box = viewer.bubble.getBoundingClientRect();
      ok(box.width >= 80 && box.width <= 300 && box.height >= 24 && box.height <= 301, `${box.width} by ${box.height}`);
    });
});

describe('files and accessibility', () => {
  const states = [
    { stage: 'away' },
    { stage: 'waiting', done: 0 },
    { stage: 'running', done: 46_000 },
    { stage: 'failed', failure: { kind: 'no-answer' } },
    { stage: 'here' },
  ] as const;

  for (const lang of ['zh-CN', 'en'] as const)
    for (const theme of ['light', 'dark'] as const)
      it(`axe finds nothing, and it fits into 320 px: ${lang}, ${theme}`, async () => {
        await ensureElement('warbler-file-bubble');
        const picture = await pictureOf({ size: 5_000_000 });
        const messages = states.flatMap((_, at) => [
          withFile(2 * at + 1, PDF, { own: at % 2 === 0 }),
          withFile(2 * at + 2, picture, { text: 'a caption' }),
        ]);
        const reader = await Reader.open({
          messages,
          lang,
          theme,
          width: 320,
          height: 2400,
          prepare: ({ files }) => {
            for (const [at, state] of states.entries())
              for (const order of [2 * at + 1, 2 * at + 2])
                if (state.stage !== 'away')
                  files.set(LI, {
                    message: messages[order - 1]?.id ?? ('' as never),
                    order,
                    direction: 'down',
                    done: 0,
                    total: 184_000,
                    ...state,
                  });
          },
        });
        await until(() => reader.all('warbler-file-bubble').every((one) => one.shadowRoot?.querySelector('.main')), 'the files');
        await reader.settle();
        same(await accessibilityFaults(reader.box), []);
        equal(reader.log.scrollWidth, reader.log.clientWidth, 'nothing to scroll sideways');
      });
});
