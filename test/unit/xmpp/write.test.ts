import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../../kit/properties.ts';
import { child, childElements, childrenNamed, element, parseFrame, textOf, textOfChild, writeElement } from '../../../src/xmpp/xml.ts';

describe('writing an element', () => {
  it('names a namespace only where it differs from the parent', () => {
    const message = element('message', 'jabber:client', { to: 'a@b' }, [
      element('body', 'jabber:client', {}, ['hi']),
      element('request', 'urn:xmpp:receipts'),
    ]);
    equal(writeElement(message), '<message xmlns="jabber:client" to="a@b"><body>hi</body><request xmlns="urn:xmpp:receipts"/></message>');
    equal(writeElement(message, 'jabber:client'), '<message to="a@b"><body>hi</body><request xmlns="urn:xmpp:receipts"/></message>');
  });

  it('leaves out what is undefined', () => {
    equal(writeElement(element('a', 'b', { c: undefined, d: '' }, [undefined, '', 'e']), 'b'), '<a d="">e</a>');
  });

  it('keeps a child without a namespace apart from its parent', () => {
    equal(writeElement(element('a', 'b', {}, [element('c', '')])), '<a xmlns="b"><c xmlns=""/></a>');
  });

  it('replaces what XML cannot say', () => {
    equal(writeElement(element('a', '', { b: '\u0000' }, ['x\ud83dy\uffff\u0008😀'])), '<a b="\ufffd">x\ufffdy\ufffd\ufffd😀</a>');
  });

  it('refuses a namespace among the attributes', () => {
    throws(() => element('a', 'b', { xmlns: 'c' }));
  });

  it('is read back as the same element, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (text, value) => {
        const sayable = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
        fc.pre(sayable.test(text) && sayable.test(value));
        const made = element('a', 'urn:a', { b: value, c: undefined }, [text, element('d', 'urn:d', {}, [element('e', 'urn:a')]), text]);
        const frame = parseFrame(writeElement(made));
        ok(frame.ok);
        deepEqual(frame.element, made);
      }),
    );
  });

  it('is always readable, even from text that XML cannot say', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }), (text) => {
        equal(parseFrame(writeElement(element('a', 'urn:a', { b: text }, [text]))).ok, true);
      }),
    );
  });
});

describe('looking into an element', () => {
  const list = element('list', 'urn:a', {}, [
    'x',
    element('item', 'urn:a', { id: '1' }, ['one']),
    'y',
    element('item', 'urn:b', {}, []),
    element('item', 'urn:a', { id: '2' }, [element('b', 'urn:a'), 'two']),
  ]);

  it('finds children by name and namespace', () => {
    equal(child(list, 'item', 'urn:a')?.attributes['id'], '1');
    equal(child(list, 'item', 'urn:c'), undefined);
    equal(child(undefined, 'item', 'urn:a'), undefined);
    deepEqual(
      childrenNamed(list, 'item', 'urn:a').map((one) => one.attributes['id']),
      ['1', '2'],
    );
    equal(childElements(list).length, 3);
  });

  it('tells empty text from none', () => {
    equal(textOf(list), 'xy');
    equal(textOfChild(list, 'item', 'urn:a'), 'one');
    equal(textOfChild(list, 'item', 'urn:b'), '');
    equal(textOfChild(list, 'other', 'urn:b'), undefined);
  });
});
