// Each message's text is scanned once, when it is first shown, and forgotten with the message.
import type { Message } from '../../model/message.ts';
import { scanBody } from './scan-body.ts';
import type { Body } from './syntax.ts';

const bodies = new WeakMap<Message, Body>();

export function bodyOf(message: Message): Body {
  const known = bodies.get(message);
  if (known) return known;
  const body = scanBody(message.text);
  bodies.set(message, body);
  return body;
}
