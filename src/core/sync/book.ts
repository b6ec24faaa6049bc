// Every conversation of the account, in memory. The core is the store's only writer, so what stands here is true.
import type { ConversationId } from '../../model/conversation.ts';
import { NO_MARKS } from '../../model/message.ts';
import type { ConversationRecord } from '../ports.ts';

/** What may change of a record. `undefined` takes an optional field away. */
export type ConversationPatch = {
  [Field in Exclude<keyof ConversationRecord, 'id'>]?: ConversationRecord[Field] | undefined;
};

export class ConversationBook {
  readonly #records = new Map<ConversationId, ConversationRecord>();
  readonly #dirty = new Set<ConversationId>();
  readonly #onChange: (changed: ConversationRecord, before: ConversationRecord | undefined) => void;

  /** `onChange` is told of every change at once, so that the next grouped commit takes it along. */
  constructor(onChange: (changed: ConversationRecord, before: ConversationRecord | undefined) => void = () => undefined) {
    this.#onChange = onChange;
  }

  /** What the disk holds. Nothing of it is dirty. */
  load(records: Iterable<ConversationRecord>): void {
    this.#records.clear();
    this.#dirty.clear();
    for (const record of records) this.#records.set(record.id, record);
  }

  get(id: ConversationId): ConversationRecord | undefined {
    return this.#records.get(id);
  }

  all(): Iterable<ConversationRecord> {
    return this.#records.values();
  }

  get size(): number {
    return this.#records.size;
  }

  /** Records are never changed in place: whoever holds one keeps what it saw. Creates the conversation where there is none. */
  change(id: ConversationId, patch: ConversationPatch): ConversationRecord {
    const before = this.#records.get(id);
    if (before && saysNothingNew(before, patch)) return before;
    const changed = patched(before ?? newRecord(id), patch);
    this.#records.set(id, changed);
    this.#dirty.add(id);
    this.#onChange(changed, before);
    return changed;
  }

  /** How many records wait to be written. */
  get dirtyCount(): number {
    return this.#dirty.size;
  }

  /** For the journal: what the next commit has to carry, and of the others no more than so many in all. */
  takeDirty(needed: Iterable<ConversationId> = [], most: number = Infinity): ConversationRecord[] {
    const records: ConversationRecord[] = [];
    const take = (id: ConversationId): void => {
      const record = this.#dirty.delete(id) ? this.#records.get(id) : undefined;
      if (record) records.push(record);
    };
    for (const id of needed) take(id);
    for (const id of this.#dirty) {
      if (records.length >= most) break;
      take(id);
    }
    return records;
  }

  /** After a commit that failed: they ride in the next one. */
  putBack(records: readonly ConversationRecord[]): void {
    for (const { id } of records) this.#dirty.add(id);
  }
}

export function newRecord(id: ConversationId): ConversationRecord {
  return {
    id,
    kind: 'direct',
    title: titleOf(id),
    standing: 'stranger',
    unread: 0,
    mentioned: false,
    muted: false,
    pinned: false,
    lastActivityAt: 0,
    marks: NO_MARKS,
    top: 0,
    gaps: [],
    complete: false,
  };
}

/** Until a roster or a room says better: the part before the @. */
export function titleOf(id: ConversationId): string {
  const at = id.indexOf('@');
  return at > 0 ? id.slice(0, at) : id;
}

function patched(record: ConversationRecord, patch: ConversationPatch): ConversationRecord {
  const next = { ...record, ...patch } as ConversationRecord;
  for (const field in patch) if (patch[field as keyof ConversationPatch] === undefined) delete next[field as keyof ConversationPatch];
  return next;
}

function saysNothingNew(record: ConversationRecord, patch: ConversationPatch): boolean {
  for (const field in patch) if (patch[field as keyof ConversationPatch] !== record[field as keyof ConversationPatch]) return false;
  return true;
}
