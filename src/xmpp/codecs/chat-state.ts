// Whether somebody is writing just now, XEP-0085.
import { NS_CHAT_STATES, NS_CLIENT, NS_HINTS } from '../namespaces.ts';
import { element, type Element } from '../xml.ts';

const STATES = ['active', 'composing', 'paused', 'inactive', 'gone'] as const;
export type ChatState = (typeof STATES)[number];

/** On its own: a passing word that nothing should keep. */
export function writeChatState(state: ChatState, to: string, type: 'chat' | 'groupchat'): Element {
  return element('message', NS_CLIENT, { to, type }, [element(state, NS_CHAT_STATES), element('no-store', NS_HINTS)]);
}

export function readChatState(message: Element): ChatState | undefined {
  const said = message.children.find((one): one is Element => typeof one !== 'string' && one.namespace === NS_CHAT_STATES);
  return said && STATES.find((state) => state === said.name);
}
