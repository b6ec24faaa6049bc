// Delivery receipts, XEP-0184.
import { NS_RECEIPTS } from '../namespaces.ts';
import { child, element, type Element } from '../xml.ts';

export const writeReceiptRequest = (): Element => element('request', NS_RECEIPTS);

export const asksForReceipt = (message: Element): boolean => child(message, 'request', NS_RECEIPTS) !== undefined;

/** `id` is the stanza id of the message that arrived. */
export const writeReceipt = (id: string): Element => element('received', NS_RECEIPTS, { id });

export const readReceipt = (message: Element): string | undefined => child(message, 'received', NS_RECEIPTS)?.attributes['id'] || undefined;

export const isReceipt = (message: Element): boolean => readReceipt(message) !== undefined;
