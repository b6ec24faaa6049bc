// The fenced examples of a document, as they stand in the file.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Snippet {
  file: string;
  /** Of its first line in the file. */
  line: number;
  language: string;
  text: string;
}

export function snippetsOf(file: string): Snippet[] {
  const document = readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');
  return [...document.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ 1: language = '', 2: text = '', index }) => ({
    file,
    line: document.slice(0, index).split('\n').length + 1,
    language,
    text,
  }));
}
