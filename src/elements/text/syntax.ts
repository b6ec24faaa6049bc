// What a message's text becomes: a small tree of plain data. Nothing in it is markup; `render-text.ts` alone makes nodes of it.

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'strong' | 'emphasis' | 'strike'; children: readonly Inline[] };

export type Block =
  | { kind: 'line'; children: readonly Inline[] }
  | { kind: 'pre'; text: string }
  | { kind: 'quote'; children: readonly Block[] };

export interface Body {
  blocks: readonly Block[];
  /** Set when the whole is one run of text without any mark-up: the common case, shown by one binding. */
  plain?: string;
  /** One to three emoji and nothing else: shown large. */
  jumbo: boolean;
}
