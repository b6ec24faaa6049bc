// What own devices tell each other of people's keys: what comes over, when, and what is never undone by it.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANN, BEN, CAT, decide, keysOf, ownDevices, scan, thought } from '../../../../kit/encryption/own-devices.ts';
import { writeElement } from '../../../../../src/xmpp/xml.ts';

describe('two own devices that were compared', () => {
  it('tell each other whose keys were compared, each once it has compared the other', async () => {
    const { one, two, ben, engine, rest } = await ownDevices();
    equal(await scan(one, ben), 'same');
    await rest();
    equal(await thought(two, ben), 'first-use');
    equal(await scan(one, two), 'same');
    await rest();
    equal(await thought(two, ben), 'first-use', 'it has not compared the one that says so');
    equal(await scan(two, one), 'same');
    await rest();
    equal(await thought(two, ben), 'verified, told');
    equal((await keysOf(two, BEN)).isStrict, true);
    deepEqual(two.told, [{ people: 1, from: 'Warbler' }]);
    const { exchange } = (await keysOf(two, ANN)).devices.find((device) => !device.isThisDevice) ?? {};
    equal(exchange?.took?.people, 1);
    ok(
      (await keysOf(one, ANN)).devices.some((device) => device.exchange?.toldAt !== undefined),
      'the other knows that it told',
    );
    for (const device of [one, two]) {
      deepEqual([await device.thread(ANN), device.errors], [[], []], 'no row of it');
      ok(device.news.includes(`${ANN} told`), 'who looks at the devices sees it at once');
    }
    const letters = engine
      .archiveOf(ANN)
      .map(({ message }) => writeElement(message))
      .filter((text) => text.includes('<payload'));
    ok(letters.length > 0);
    for (const letter of letters) {
      equal(letter.split('<key ').length, 2, 'for one device alone');
      ok(!['urn:xmpp:tm:1', 'urn:xmpp:eme:0', 'origin-id', BEN].some((word) => letter.includes(word)), letter);
    }
  });

  it('tell what is decided later, both ways', async () => {
    const { one, two, ben, join, rest } = await ownDevices();
    await scan(one, two);
    await scan(two, one);
    const cat = await join(`${CAT}/one`);
    await keysOf(one, CAT);
    await decide(two, ben, 'refused');
    await scan(one, cat);
    await rest();
    equal(await thought(one, ben), 'refused, told');
    equal(await thought(two, cat), 'verified, told', 'a key that was never seen before it was told of');
    deepEqual(two.errors, []);
  });

  it('reach one that was away, by the archive', async () => {
    const { one, two, ben, rest } = await ownDevices();
    await scan(one, two);
    await scan(two, one);
    await rest();
    two.line.lose();
    two.sync.onOffline();
    await scan(one, ben);
    await rest();
    equal(await thought(two, ben).catch(() => 'away'), 'first-use');
    two.open();
    await rest();
    equal(await thought(two, ben), 'verified, told');
    deepEqual([await two.thread(ANN), two.errors], [[], []]);
  });

  it('what was refused anywhere is refused everywhere, and no older word undoes it', async () => {
    const { one, two, ben, engine, clock, rest } = await ownDevices();
    await scan(one, two);
    await scan(two, one);
    await scan(one, ben);
    await rest();
    const letters = engine.archiveOf(ANN).map(({ message }) => message);
    await decide(two, ben, 'refused');
    await rest();
    equal(await thought(one, ben), 'refused, told', 'though it was compared there');
    for (const letter of letters) two.line.deliver(letter);
    await rest();
    equal(await thought(two, ben), 'refused');
    await decide(one, ben, 'accepted');
    await rest();
    equal(await thought(one, ben), 'accepted', 'a person may overrule what was only told');
    clock.advance(8 * 24 * 3_600_000);
    one.open();
    two.open();
    await rest();
    equal(await thought(one, ben), 'accepted', 'and it does not come back with the next letter');
  });

  it('whom an own device compared waits for a word once that device is not trusted any more', async () => {
    const { one, two, ben, rest } = await ownDevices();
    await scan(one, two);
    await scan(two, one);
    await scan(one, ben);
    await rest();
    equal(await thought(two, ben), 'verified, told');
    await decide(two, one, 'refused');
    await rest();
    equal(await thought(two, ben), 'undecided');
    deepEqual(two.told.length, 1);
  });

  it('a refused own device is refused by the others too, and what it told with it', async () => {
    const { one, two, ben, join, rest } = await ownDevices();
    const three = await join(`${ANN}/three`);
    for (const person of [ANN, BEN]) for (const device of [one, two, three]) await keysOf(device, person);
    for (const [device, other] of [
      [one, two],
      [two, one],
      [two, three],
      [three, two],
    ] as const)
      equal(await scan(device, other), 'same');
    equal(await scan(three, ben), 'same');
    await rest();
    deepEqual([await thought(two, ben), await thought(one, ben)], ['verified, told', 'first-use'], 'not told on');
    equal(await thought(one, three), 'undecided');
    await decide(one, three, 'refused');
    await rest();
    equal(await thought(two, three), 'refused, told');
    equal(await thought(two, ben), 'undecided');
  });

  it('a letter that was lost is made good by the next, and said again after a week', async () => {
    const { one, two, ben, join, clock, rest } = await ownDevices();
    await scan(one, two);
    await scan(two, one);
    await rest();
    const deliver = two.line.deliver.bind(two.line);
    two.line.deliver = () => undefined;
    await decide(one, ben, 'refused');
    await rest();
    two.line.deliver = deliver;
    equal(await thought(two, ben), 'first-use', 'it was swallowed');
    const cat = await join(`${CAT}/one`);
    await keysOf(one, CAT);
    await scan(one, cat);
    await rest();
    equal(await thought(two, ben), 'refused, told');
    two.line.deliver = () => undefined;
    await decide(one, cat, 'refused');
    await rest();
    two.line.deliver = deliver;
    equal(await thought(two, cat), 'verified, told');
    clock.advance(8 * 24 * 3_600_000);
    one.encryption.onOnline('resumed');
    await rest();
    equal(await thought(two, cat), 'refused, told');
  });
});
