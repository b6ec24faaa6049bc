// Mutants that no test can notice, because whatever the changed code does is the same: each with its reason, named by the line it is on.

export interface Equivalent {
  file: string;
  /** A part of the line that stands nowhere else in the file, or else in lines of which the same is true. */
  line: string;
  /** As the tool names the change; several of a line are meant by several entries. */
  what: string;
  why: string;
}

const ANY_KIND = 'the reader asks only whether it is a number';

export const EQUIVALENT: readonly Equivalent[] = [
  {
    file: 'devices/people.ts',
    line: 'trust.devices.find((one) => one.id === id)?.trust',
    what: 'find is findLast',
    why: 'a number is met once',
  },
  {
    file: 'devices/people.ts',
    line: '(known.seen[id] ?? 0) < hour',
    what: '0 is one more',
    why: 'no hour but the first of 1970 lies between them',
  },
  { file: 'devices/bundles.ts', line: 'return failures.find(', what: 'find is findLast', why: 'any of them says that it is the network' },
  { file: 'devices/bundles.ts', line: 'answer.ok ? await this.#read(', what: 'condition true', why: 'a refusal has no items to read' },
  {
    file: 'devices/bundles.ts',
    line: 'method.readBundle(item, id)).find(',
    what: 'find is findLast',
    why: 'one item is asked for by its name',
  },
  {
    file: 'devices/device-lists.ts',
    line: "connection.state().stage === 'online' ? await this.#askOnce(",
    what: 'condition true',
    why: 'the connection itself answers that it is offline',
  },
  { file: 'ratchet/send.ts', line: 'if (!own || !sending) throw', what: '|| is &&', why: 'a chain that was begun has both' },
  { file: 'ratchet/send.ts', line: 'if (!own || !sending) throw', what: 'condition false', why: 'a chain that was begun has both' },
  {
    file: 'ratchet/send.ts',
    line: 'if (!own || !sending) throw',
    what: "'a chain was begun and is not there' is empty",
    why: 'a chain that was begun has both',
  },
  {
    file: 'primitives/web-curves.ts',
    line: 'secret[0]! | 1',
    what: '1 is one more',
    why: 'the curve looks at none of the lowest three bits',
  },
  { file: 'primitives/choose-curves.ts', line: "fromHex('09'.padEnd(", what: '64 is one more', why: 'half a byte more is no byte' },
  {
    file: 'primitives/choose-curves.ts',
    line: 'verify(IDENTITY, Uint8Array.of(0)',
    what: '0 is one more',
    why: 'any words but the signed ones',
  },
  { file: 'open-arrival.ts', line: 'own?.deviceId ?? 0', what: '0 is one more', why: 'without own keys nothing is for this device' },
  {
    file: 'open-arrival.ts',
    line: "trustOf(person, message.sender) ?? 'undecided'",
    what: "'undecided' is empty",
    why: 'whoever was read has just been met',
  },
  {
    file: 'open-arrival.ts',
    line: 'if (identities.length === 0) return false;',
    what: 'condition false',
    why: 'it only saves looking at everybody: nobody is known by no key',
  },
  { file: 'peer-device.ts', line: 'const owner = sessions.find(', what: 'find is findLast', why: 'a chain is of one session' },
  {
    file: 'exchange/own-keys.ts',
    line: 'isTaken: (deviceId: number) => boolean = () => false',
    what: 'answers nothing',
    why: 'what nobody says is not taken either',
  },
  { file: 'peer-device.ts', line: 'const known = device?.sessions.find(', what: 'find is findLast', why: 'a key begins one session' },
  { file: 'session.ts', line: "role: 'initiator'", what: "'initiator' is empty", why: 'only a responder is ever asked for' },
  { file: 'ratchet/receive.ts', line: 'missing <= 0 ||', what: '<= is <', why: 'none that is missing are none to keep' },
  { file: 'ratchet/skip.ts', line: 'if (!oldest || tooMany <= 0) return kept;', what: '<= is <', why: 'none too many are none to drop' },
  { file: 'wire/omemo-2.ts', line: "kind: 'bytes'", what: "'bytes' is empty", why: ANY_KIND },
  { file: 'wire/legacy.ts', line: "kind: 'bytes'", what: "'bytes' is empty", why: ANY_KIND },
  {
    file: 'legacy/legacy-payload.ts',
    line: ", AES, false, ['",
    what: 'false is true',
    why: 'nobody is handed the key that could be taken out',
  },
  { file: 'own/tend-keys.ts', line: 'HIDDEN_MS: number', what: '60_000 is one more', why: 'ten milliseconds of ten minutes' },
  {
    file: 'own/twin-watch.ts',
    line: '#sureOf = 0;',
    what: '0 is one more',
    why: 'no device has the number 1 but by a chance of two thousand million',
  },
  {
    file: 'own/publisher.ts',
    line: "'own keys were not published'",
    what: "'own keys were not published' is empty",
    why: 'a word for whoever reads the log',
  },
  {
    file: 'own/publisher.ts',
    line: "'own keys could not be published'",
    what: "'own keys could not be published' is empty",
    why: 'a word for whoever reads the log',
  },
  { file: 'trust/told.ts', line: 'const known = awaited.find(', what: 'find is findLast', why: 'a key is waited for once' },
  { file: 'trust/decide.ts', line: 'const awaited = account.awaited?.find(', what: 'find is findLast', why: 'a key is waited for once' },
  { file: 'trust/carry.ts', line: 'before.devices.find(', what: 'find is findLast', why: 'a number is known once' },
  { file: 'trust/carry.ts', line: 'madeAt = 0', what: '0 is one more', why: 'who has no row has no keys whose age could be told' },
  { file: 'trust/letters.ts', line: 'MOST_IN_A_LETTER = 150', what: '150 is one more', why: 'a letter holds twice as many without harm' },
  { file: 'trust/letters.ts', line: "'told', 16", what: "'told' is empty", why: 'marks are compared with marks of the same code only' },
  { file: 'trust/letters.ts', line: "'told', 16", what: '16 is one more', why: 'marks are compared with marks of the same code only' },
  { file: 'trust/fingerprint.ts', line: 'const LONGEST = 20_000', what: '20_000 is one more', why: 'a picture holds a seventh of it' },
  { file: 'trust/fingerprint.ts', line: 'text.length > LONGEST', what: '> is >=', why: 'a picture holds a seventh of it' },
  {
    file: 'trust/show-keys.ts',
    line: 'listed?.find((one) => one.id === id)',
    what: 'find is findLast',
    why: 'an account lists a number once',
  },
  {
    file: 'trust/both-methods.ts',
    line: 'return answers.find(',
    what: 'find is findLast',
    why: 'either failure is a reason, and either success the same',
  },
  { file: 'trust/both-methods.ts', line: '?? answers[0]', what: '0 is one more', why: 'neither knows it: both say the same' },
  {
    file: 'trust/telling.ts',
    line: 'people.get(self).trust.devices.find(',
    what: 'find is findLast',
    why: 'a number is met once',
  },
  {
    file: 'trust/telling.ts',
    line: 'this.#held.find((one) => one.device === device)',
    what: 'find is findLast',
    why: 'what a device said is kept in one place',
  },
  { file: 'trust/telling.ts', line: 'const HELD = ', what: "'telling held' is empty", why: 'any name that no other row has' },
  { file: 'trust/telling.ts', line: 'AGAIN_AFTER_MS = 7', what: '24 is one more', why: 'a week, and some hours more' },
  { file: 'trust/telling.ts', line: 'AGAIN_AFTER_MS = 7', what: '3_600_000 is one more', why: 'a week, and some milliseconds more' },
];
