// What is said of files before their own words are fetched.
import type { Locale } from '../texts.ts';

export interface AttachTexts {
  attach: string;
  pictureNamed(name: string): string;
  fileNamed(name: string): string;
  /** Chosen and not sent yet. */
  staged(count: number): string;
  couldNotLoad: string;
  asFile: string;
}

export const ATTACH_TEXTS: Readonly<Record<Locale, AttachTexts>> = {
  'zh-CN': {
    attach: '添加文件',
    pictureNamed: (name) => `[图片] ${name}`,
    fileNamed: (name) => `[文件] ${name}`,
    staged: (count) => (count === 1 ? '[文件]' : `[${count} 个文件]`),
    couldNotLoad: '文件没有添加成功，请重试。',
    asFile: '作为文件发送',
  },
  en: {
    attach: 'Attach files',
    pictureNamed: (name) => `[Picture] ${name}`,
    fileNamed: (name) => `[File] ${name}`,
    staged: (count) => (count === 1 ? '[File]' : `[${count} files]`),
    couldNotLoad: 'The files could not be added. Try again.',
    asFile: 'Send as a file',
  },
};
