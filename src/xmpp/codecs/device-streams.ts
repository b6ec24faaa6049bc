// How many streams a device of this account has begun, our own: an item of a private node for each device. It only grows, so a device that
// finds more there than it remembers is a copy of an older one.
import { readKeyId } from '../bytes-in-xml.ts';
import { NS_DEVICE_STREAMS } from '../namespaces.ts';
import { element } from '../xml.ts';
import type { Item } from './pubsub.ts';

export interface DeviceStreams {
  device: number;
  count: number;
}

export const writeStreams = ({ device, count }: DeviceStreams): Item => ({
  id: String(device),
  payload: element('streams', NS_DEVICE_STREAMS, { count: String(count) }),
});

export function readStreams({ id, payload }: Item): DeviceStreams | undefined {
  if (payload?.name !== 'streams' || payload.namespace !== NS_DEVICE_STREAMS) return undefined;
  const [device, count] = [readKeyId(id), readKeyId(payload.attributes['count'])];
  return device && count !== undefined ? { device, count } : undefined;
}
