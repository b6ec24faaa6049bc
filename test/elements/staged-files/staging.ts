// What tests of staged files do and see: the strip in the composer, and a person who chooses and presses.
import type { FileDraft } from '../../../src/contracts/files.ts';
import { ensureElement } from '../../../src/elements/registry.ts';
import { until } from '../../browser-kit/person.ts';
import type { ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { Writer } from '../composer/writer.ts';

export const strip = (writer: Writer): ShadowRoot | null | undefined =>
  writer.composer.shadowRoot?.querySelector('warbler-staged-files')?.shadowRoot;
export const rows = (writer: Writer): HTMLElement[] => [...(strip(writer)?.querySelectorAll<HTMLElement>('li') ?? [])];
export const names = (writer: Writer): (string | undefined)[] => rows(writer).map((row) => row.querySelector('.name')?.textContent?.trim());
export const facts = (writer: Writer): (string | undefined)[] =>
  rows(writer).map((row) => row.querySelector('.facts')?.textContent?.trim());
export const note = (writer: Writer): string => strip(writer)?.querySelector('.note')?.textContent?.trim() ?? '';

export function carrying(...files: readonly File[]): DataTransfer {
  const carried = new DataTransfer();
  for (const file of files) carried.items.add(file);
  return carried;
}

/** As a person who chooses: the input is given them, and says so. */
export async function choose(writer: Writer, ...files: readonly File[]): Promise<void> {
  const before = rows(writer).length;
  const input = writer.composer.shadowRoot?.querySelector('input');
  if (!input) throw new Error('there is nothing to choose with');
  input.files = carrying(...files).files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await until(() => rows(writer).length >= before + files.length || note(writer) !== '', 'the files');
  await until(() => !facts(writer).includes('Getting ready…') && !facts(writer).includes('正在准备…'), 'files that are ready');
}

export async function open(prepare?: (session: ScriptedSession) => void, lang?: 'zh-CN' | 'en', theme?: string): Promise<Writer> {
  await ensureElement('warbler-staged-files');
  return Writer.open(prepare, lang, theme);
}

export const press = async (writer: Writer, label: string): Promise<void> => {
  const button = [...(strip(writer)?.querySelectorAll<HTMLButtonElement>('button') ?? [])].find((one) => one.ariaLabel === label);
  if (!button) throw new Error(`no button ${label}`);
  button.focus();
  button.click();
  await writer.settle();
};

export const drafts = (writer: Writer): FileDraft[] => writer.session.asked('sendFile').map(([, draft]) => draft as FileDraft);
