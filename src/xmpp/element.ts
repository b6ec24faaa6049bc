// What an XML element is to this program, and how one is made.

/** Namespaces are resolved on reading: `name` is local, `attributes` holds neither `xmlns` nor prefixes but `xml:lang`. */
export interface Element {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

/** An attribute may be called `__proto__` or `constructor`: a bag inherits nothing, yet stays a fast object where a dictionary would be slow. */
export const AttributeBag: new () => Record<string, string> = function AttributeBag() {} as unknown as new () => Record<string, string>;
(AttributeBag as { prototype: unknown }).prototype = Object.create(null);

export const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze(new AttributeBag());
export const NO_CHILDREN: readonly (Element | string)[] = Object.freeze([]);

/** Attributes and children that are undefined are left out, so that optional parts read as one line. */
export function element(
  name: string,
  namespace: string,
  attributes?: Readonly<Record<string, string | undefined>>,
  children?: readonly (Element | string | undefined)[],
): Element {
  return {
    name,
    namespace,
    attributes: attributes ? bagOf(attributes) : NO_ATTRIBUTES,
    children: children ? children.filter((one): one is Element | string => one !== undefined && one !== '') : NO_CHILDREN,
  };
}

function bagOf(attributes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const bag = new AttributeBag();
  for (const name of Object.keys(attributes)) {
    if (name === 'xmlns') throw new Error('a namespace is an argument, not an attribute');
    const value = attributes[name];
    if (value !== undefined) bag[name] = value;
  }
  return bag;
}
