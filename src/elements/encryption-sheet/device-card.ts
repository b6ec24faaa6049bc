// One device: what it is called, how far it is trusted, its fingerprint, and what can be decided about it.
import { html, nothing, type TemplateResult } from 'lit';
import type { DeviceDecision, DeviceKeys } from '../../contracts/keys.ts';
import type { Trust } from '../../model/protection.ts';
import { dayName } from '../../texts/dates.ts';
import type { EncryptionTexts } from '../../texts/keys/encryption-texts.ts';
import type { Texts } from '../../texts/texts.ts';
import { downIcon } from '../icon/navigation.ts';
import { devicesIcon, refusedIcon, undecidedIcon, verifiedIcon } from '../icon/device.ts';
import { lockIcon } from '../icon/trust.ts';
import { cleanLine } from '../text/clean-text.ts';

export interface DeviceWishes {
  texts: Texts;
  words: EncryptionTexts;
  now: number;
  decide(device: DeviceKeys, trust: DeviceDecision['trust']): void;
  /** Only where they are one's own. */
  remove?(device: DeviceKeys): void;
}

const LONGEST_NAME = 60;
const ICONS: Readonly<Record<Trust, (size?: number) => TemplateResult>> = {
  'first-use': lockIcon,
  verified: verifiedIcon,
  accepted: lockIcon,
  undecided: undecidedIcon,
  refused: refusedIcon,
};

export function deviceName(words: EncryptionTexts, { id, label }: DeviceKeys): string {
  return cleanLine(label?.text ?? '').slice(0, LONGEST_NAME) || words.unnamed(id);
}

/** Those that wait for a word first, those that are no longer used last. */
export function inOrder(devices: readonly DeviceKeys[]): readonly DeviceKeys[] {
  const rank = ({ isThisDevice, isListed, trust }: DeviceKeys): number =>
    isThisDevice ? 0 : !isListed ? 4 : trust === 'undecided' ? 1 : trust === 'refused' ? 3 : 2;
  return devices.toSorted((a, b) => rank(a) - rank(b) || b.firstSeenAt - a.firstSeenAt || a.id - b.id);
}

export const isUndecided = ({ trust, isListed, isThisDevice }: DeviceKeys): boolean => trust === 'undecided' && isListed && !isThisDevice;

export function renderDevices(devices: readonly DeviceKeys[], wishes: DeviceWishes): TemplateResult {
  return html`<ul class="devices" role="list">
    ${inOrder(devices).map((device) => html`<li>${renderDevice(device, wishes)}</li>`)}
  </ul>`;
}

function renderDevice(device: DeviceKeys, wishes: DeviceWishes): TemplateResult {
  const { words } = wishes;
  const { trust, isThisDevice } = device;
  const standing = isThisDevice ? words.thisDevice : device.isListed ? standingOf(words, device) : words.unlisted;
  const state = device.method ? `${words.olderMethod} · ${standing}` : standing;
  return html`<details class="device ${stateOf(device)}" part="device" data-device=${device.id} ?open=${isUndecided(device)}>
    <summary>
      <span class="device-icon">${isThisDevice ? devicesIcon(18) : ICONS[trust](18)}</span>
      <span class="device-words"
        ><bdi class="device-name">${deviceName(words, device)}</bdi><span class="device-state">${state}</span></span
      >
      <span class="device-more">${downIcon(16)}</span>
    </summary>
    ${renderFacts(device, wishes)}
    <p class="fingerprint" dir="ltr" aria-label=${words.fingerprint} role="group">
      ${device.fingerprint.split(' ').map((group) => html`<span>${group}</span> `)}
    </p>
    ${renderActs(device, wishes)}
  </details>`;
}

const standingOf = (words: EncryptionTexts, { trust, isTold }: DeviceKeys): string =>
  isTold && (trust === 'verified' || trust === 'refused') ? words.told[trust] : words.trust[trust];

const stateOf = ({ trust, isListed, isThisDevice }: DeviceKeys): string => (isThisDevice ? 'this' : isListed ? trust : 'unlisted');

function renderFacts(device: DeviceKeys, { texts, words, now }: DeviceWishes): TemplateResult {
  const { label, firstSeenAt, lastSeenAt, isThisDevice, exchange } = device;
  const day = (at: number): string => dayName(texts.dates, at, now);
  const facts = [
    ...(label && !label.isSigned && !isThisDevice ? [words.unsigned] : []),
    words.firstSeen(day(firstSeenAt)),
    ...(lastSeenAt === undefined ? [] : [words.lastSeen(day(lastSeenAt))]),
  ];
  return html`<p class="device-facts">${facts.join(' · ')}</p>
    ${exchange?.took ? html`<p class="device-facts">${words.tookOver(exchange.took.people, day(exchange.took.at))}</p>` : nothing}
    ${exchange?.toldAt === undefined ? nothing : html`<p class="device-facts">${words.toldAt(day(exchange.toldAt))}</p>`}`;
}

function renderActs(device: DeviceKeys, wishes: DeviceWishes): TemplateResult | typeof nothing {
  const { words, decide, remove } = wishes;
  if (device.isThisDevice || (!device.isListed && !remove)) return nothing;
  const name = deviceName(words, device);
  const button = (act: string, go: () => void, kind = ''): TemplateResult =>
    html`<button class="soft-button ${kind}" type="button" aria-label=${words.actOn(act, name)} @click=${go}>${act}</button>`;
  const { trust, isTold } = device;
  return html`<div class="device-acts">
    ${trust === 'verified' && !isTold ? nothing : button(words.verify, () => decide(device, 'verified'))}
    ${trust === 'undecided' || trust === 'refused' ? button(words.accept, () => decide(device, 'accepted')) : nothing}
    ${trust === 'verified' ? button(words.unverify, () => decide(device, 'accepted'), 'plain') : nothing}
    ${trust === 'refused' ? nothing : button(words.refuse, () => decide(device, 'refused'), 'careful')}
    ${remove ? button(words.remove, () => remove(device), 'careful') : nothing}
  </div>`;
}
