// Settings of a room, XEP-0045 section 10.1: taking those the service proposes, which opens a new room to others.
import type { Address } from '../../model/account.ts';
import { NS_DATA_FORM, NS_MUC_OWNER } from '../namespaces.ts';
import { element, type Element } from '../xml.ts';
import { writeSet } from './iq.ts';

export const writeRoomDefaults = (room: Address): Element =>
  writeSet(element('query', NS_MUC_OWNER, {}, [element('x', NS_DATA_FORM, { type: 'submit' })]), room);
