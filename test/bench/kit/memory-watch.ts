// How much memory a browser's processes take while something goes on, above what they took when it began: looked at five times a second.
import { pssMibOf } from '../../kit/process-tree.ts';

const EVERY_MS = 200;
/** Pages and workers, as the three browsers start them. */
const CONTENT = /--type=renderer|-contentproc.* tab ?$|WebKitWebProcess/;

export interface Peak {
  /** Of pages and workers, in MiB above the start. */
  content: number;
  /** Of the whole browser: files that it holds for its pages lie outside of them. */
  all: number;
}

export interface MemoryWatch {
  end(): Peak;
}

export function watchMemory(pid: number): MemoryWatch {
  const look = (): Peak => ({ content: pssMibOf(pid, CONTENT), all: pssMibOf(pid, /./) });
  const start = look();
  let peak = start;
  const note = (): void => {
    const now = look();
    peak = { content: Math.max(peak.content, now.content), all: Math.max(peak.all, now.all) };
  };
  const timer = setInterval(note, EVERY_MS);
  return {
    end() {
      clearInterval(timer);
      note();
      return { content: peak.content - start.content, all: peak.all - start.all };
    },
  };
}
