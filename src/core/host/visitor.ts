// A tab at the door: its end of the talk, and the greeting it came with.
import type { Hello } from '../../contracts/port.ts';

/** A MessagePort or a BroadcastChannel of the tab's own: all that a talk needs. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  close(): void;
  start?(): void;
}

export interface Visitor {
  hello: Hello;
  /** It has shown what it asked for first, if it did, and holds its lock. */
  painted: Promise<void>;
  /** Does nothing once the port is closed. */
  post(message: unknown): void;
  /** What came since the greeting first, in order, then everything else. */
  follow(listener: (event: MessageEvent) => void): void;
  close(): void;
}

/** More than a tab in good order says before the core is loaded. */
const MOST_KEPT = 200;

/** Listens from the first moment on and keeps what comes until somebody follows. The greeting may have come another way. */
export function receiveVisitor(port: Port, welcomed: (visitor: Visitor) => void, greeting?: Hello): void {
  const kept: MessageEvent[] = [];
  let listener: ((event: MessageEvent) => void) | undefined;
  let closed = false;
  const close = (): void => {
    closed = true;
    kept.length = 0;
    port.close();
  };
  let paint = (): void => {};
  const painted = new Promise<void>((resolve) => (paint = resolve));
  const visit = (hello: Hello): Visitor => ({
    hello,
    painted: hello.first ? painted : Promise.resolve(),
    post: (message) => (closed ? undefined : port.postMessage(message)),
    follow(next) {
      listener = next;
      for (const event of kept.splice(0)) if (!closed) next(event);
    },
    close,
  });
  let greeted = greeting !== undefined;
  port.addEventListener('message', (event) => {
    if (closed) return;
    if (!greeted) {
      greeted = true;
      return isHello(event.data) ? welcomed(visit(event.data)) : close();
    }
    if (isPainted(event.data)) return paint();
    if (listener) return listener(event);
    if (kept.push(event) > MOST_KEPT) close();
  });
  port.start?.();
  if (greeting) welcomed(visit(greeting));
}

const isPainted = (data: unknown): boolean => (data as { warbler?: unknown } | null | undefined)?.warbler === 'painted';

const isText = (value: unknown, longest: number): value is string => typeof value === 'string' && value.length <= longest;

export function isHello(data: unknown): data is Hello {
  const hello = data as Partial<Hello> | null | undefined;
  if (hello?.warbler !== 'hello' || !Number.isSafeInteger(hello.contract) || !isText(hello.build, 64)) return false;
  if (!isText(hello.tab, 64) || hello.tab === '') return false;
  const { identity, first } = hello;
  if (!isText(identity?.organisation, 256) || !isText(identity.profile, 256)) return false;
  if (first === undefined) return true;
  return (
    Number.isInteger(first?.count) &&
    first.count >= 0 &&
    first.count <= 200 &&
    (first.conversation === undefined || isText(first.conversation, 4096))
  );
}
