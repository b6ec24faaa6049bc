// The XML of one frame: strict reading, strict writing, nothing a stanza has no use for.

/** Namespaces are resolved on reading: `name` is local, `attributes` holds neither `xmlns` nor prefixes but `xml:lang`. */
export interface Element {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}
