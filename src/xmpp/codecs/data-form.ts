// Data forms, XEP-0004, as far as protocols use them among themselves: a type and plain fields.
import { NS_DATA_FORM } from '../namespaces.ts';
import { childrenNamed, element, textOf, type Element } from '../xml.ts';

export type FormFields = Readonly<Record<string, string | undefined>>;

/** Fields that are undefined are left out. */
export function writeForm(formType: string, fields: FormFields): Element {
  const written = Object.entries(fields).map(([name, value]) => (value === undefined ? undefined : writeField(name, value)));
  return element('x', NS_DATA_FORM, { type: 'submit' }, [writeField('FORM_TYPE', formType, 'hidden'), ...written]);
}

/** The form of this type inside `parent`, each field with all its values. */
export function readForm(parent: Element | undefined, formType: string): ReadonlyMap<string, readonly string[]> | undefined {
  for (const form of childrenNamed(parent, 'x', NS_DATA_FORM)) {
    const fields = new Map(
      childrenNamed(form, 'field', NS_DATA_FORM).map((field) => [
        field.attributes['var'] ?? '',
        childrenNamed(field, 'value', NS_DATA_FORM).map((value) => textOf(value) ?? ''),
      ]),
    );
    if (fields.get('FORM_TYPE')?.[0] === formType) return fields;
  }
  return undefined;
}

const writeField = (name: string, value: string, type?: string): Element =>
  element('field', NS_DATA_FORM, { var: name, type }, [element('value', NS_DATA_FORM, {}, [value])]);
