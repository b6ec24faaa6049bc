// A conversation of any length out of a few scenes: message number i is a function of the script and of i.
import type { PastMessage } from '../population.ts';
import { mix, shuffled } from './chance.ts';
import { fileCalled, type FileName } from './files.ts';
import { fillSlots } from './slots.ts';
import { slotOf } from './working-days.ts';

export interface Script {
  /** Names the conversation in message ids, and seeds its chance. */
  id: string;
  seed: number;
  /** Who says the lines, by the word before them. */
  speakers: Readonly<Record<string, Speaker>>;
  /** The room it is said in; otherwise a line goes to the other of the two speakers. */
  room?: string;
  scenes: readonly (readonly string[])[];
  /** Working days it is spread over. */
  days: number;
  /** The last words, with the minutes before the end at which they are said. Of a file the line is what is said with it, if anything. */
  ending: readonly (readonly [minutesBefore: number, line: string, file?: FileName])[];
  /** Somebody who is away for the last so many messages; others say the lines instead. */
  away?: { speaker: string; messages: number; stand: string };
}

export interface Speaker {
  name: string;
  nick?: string;
}

const MINUTE = 60_000;
/** Two lines of a scene are never further apart. */
const LONGEST_PAUSE = 90_000;

/** Where a message stands among the scenes. */
interface Place {
  /** Number of the scene in the whole conversation. */
  scene: number;
  lines: readonly string[];
  line: number;
}

export interface Conversation {
  readonly length: number;
  messageAt(at: number): PastMessage;
  /** In order. */
  messages(): Generator<PastMessage>;
}

export function conversationOf(script: Script, length: number, end: number): Conversation {
  const told = Math.max(0, length - script.ending.length);
  const places = placesOf(script);
  const sceneCount = told === 0 ? 0 : places(told - 1).scene + 1;
  const lastScenesEnd = end - MINUTE * (script.ending[0]?.[0] ?? 0);
  const messageAt = (at: number): PastMessage => {
    const id = `${script.id}-${at}`;
    if (at >= told) {
      const [minutesBefore, line, file] = script.ending[at - told + Math.max(0, script.ending.length - length)] ?? [0, ''];
      const message = toMessage(script, id, line, Math.floor(end - minutesBefore * MINUTE));
      return file ? { ...message, file: fileCalled(file) } : message;
    }
    const { scene, lines, line } = places(at);
    const slot = slotOf(scene, sceneCount, script.days, lastScenesEnd);
    const pause = Math.min(LONGEST_PAUSE, slot.lasts / (lines.length + 1));
    const early = (mix(script.seed, scene, 7) % 1000) / 1000;
    const start = slot.startsAt + early * Math.max(0, slot.lasts - pause * (lines.length + 1));
    const text = standIn(script, lines[line] ?? '', length - at);
    const jitter = ((mix(script.seed, at, 3) % 1000) / 1000) * pause * 0.8;
    return toMessage(script, id, fillSlots(text, script.seed, scene), Math.floor(start + line * pause + jitter));
  };
  return {
    length,
    messageAt,
    *messages() {
      for (let at = 0; at < length; at += 1) yield messageAt(at);
    },
  };
}

/** All scenes once in an order of their own, then all of them once more in another, for ever. */
function placesOf({ scenes, seed }: Script): (at: number) => Place {
  const round = scenes.reduce((sum, lines) => sum + lines.length, 0);
  const orders = new Map<number, readonly number[]>();
  const orderOf = (turn: number): readonly number[] => {
    const order = orders.get(turn) ?? shuffled(scenes.length, seed, turn);
    orders.set(turn, order);
    return order;
  };
  return (at) => {
    const turn = Math.floor(at / round);
    let left = at % round;
    for (const [nth, which] of orderOf(turn).entries()) {
      const lines = scenes[which] ?? [];
      if (left < lines.length) return { scene: turn * scenes.length + nth, lines, line: left };
      left -= lines.length;
    }
    throw new Error('A round is as long as its scenes.');
  };
}

const SPOKEN = /^(\w+):? ([\s\S]*)$/;

function standIn(script: Script, line: string, fromEnd: number): string {
  const { away } = script;
  return away && fromEnd <= away.messages && line.startsWith(away.speaker) ? away.stand + line.slice(away.speaker.length) : line;
}

function toMessage(script: Script, id: string, line: string, sentAt: number): PastMessage & { text: string } {
  const [, word = '', text = ''] = SPOKEN.exec(line) ?? [];
  const speaker = script.speakers[word];
  if (!speaker) throw new Error(`Nobody says "${line}" in ${script.id}.`);
  if (script.room) return { id, from: speaker.name, to: script.room, room: { nick: speaker.nick ?? speaker.name }, text, sentAt };
  const other = Object.values(script.speakers).find(({ name }) => name !== speaker.name) ?? speaker;
  return { id, from: speaker.name, to: other.name, text, sentAt };
}
