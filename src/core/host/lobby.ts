// The worker's first stage: greets tabs, answers what they are about to show from disk, and keeps the rest for the second stage.
// Each tab: hello → (first page → painted) → welcome; or hello → refused.
import { CONTRACT_VERSION } from '../../contracts/session.ts';
import type { CoreIdentity, FirstPage, FirstWish, Hello, Refused } from '../../contracts/port.ts';
import { BUILD } from '../../base/build.ts';
import type { Clock } from '../../base/clock.ts';
import type { CoreHost } from '../host.ts';
import { receiveVisitor, type Port, type Visitor } from './visitor.ts';

export interface Stages {
  clock: Clock;
  readFirstPage(identity: CoreIdentity, wish: FirstWish): Promise<FirstPage | undefined>;
  /** Imports everything else, takes the seat and opens the core. It may wait long for its seat: `waiting` is called then. */
  openHost(identity: CoreIdentity, waiting: () => void): Promise<CoreHost>;
  /** Ends this worker, so that the next tab starts a fresh one. */
  retire(): void;
}

export interface Lobby {
  /** With a greeting that came another way than over the port. */
  enter(port: Port, greeting?: Hello): void;
}

const FIRST_PAGE_MS = 300;
const NOTHING: FirstPage = { warbler: 'first-page', conversations: [] };

export function openLobby(stages: Stages): Lobby {
  let identity: CoreIdentity | undefined;
  let opening: Promise<CoreHost> | undefined;
  let host: CoreHost | undefined;
  let isSeatTaken = false;
  const waiting = new Set<Visitor>();

  async function open(forWhom: CoreIdentity): Promise<CoreHost> {
    host = await stages.openHost(forWhom, () => {
      isSeatTaken = true;
      for (const visitor of waiting) refuse(visitor, 'older-core');
    });
    isSeatTaken = false;
    return host;
  }

  function welcome(visitor: Visitor): void {
    const unlike = unlikeness(visitor, (identity ??= visitor.hello.identity));
    if (unlike) return turnAway(visitor, unlike);
    waiting.add(visitor);
    if (isSeatTaken) refuse(visitor, 'older-core');
    void receive(visitor);
  }

  /** What is on disk has page and worker to itself until it is painted; a page that has nothing to paint needs the core. */
  async function receive(visitor: Visitor): Promise<void> {
    const { identity: forWhom, first } = visitor.hello;
    const page = first && (await readFirst(forWhom, first));
    if (first) visitor.post(page ?? NOTHING);
    if (page) await visitor.painted;
    try {
      const opened = await (opening ??= open(forWhom));
      await visitor.painted;
      if (waiting.delete(visitor)) opened.accept(visitor);
    } catch (defect) {
      visitor.close();
      stages.retire();
      throw defect;
    }
  }

  /** A disk that cannot be read shows nothing; the second stage finds out why. */
  async function readFirst(forWhom: CoreIdentity, wish: FirstWish): Promise<FirstPage | undefined> {
    const read = async (): Promise<FirstPage | undefined> => (await host?.readFirstPage(wish)) ?? stages.readFirstPage(forWhom, wish);
    return within(
      FIRST_PAGE_MS,
      stages.clock,
      read().catch(() => undefined),
    );
  }

  function turnAway(visitor: Visitor, why: Refused['why']): void {
    refuse(visitor, why);
    visitor.close();
    // A newer tab and nobody else: make room for a core of its own kind.
    if (why !== 'older-core' || waiting.size > 0 || host?.isEmpty() === false) return;
    void (host?.close() ?? Promise.resolve()).finally(() => stages.retire());
  }

  return { enter: (port, greeting) => receiveVisitor(port, welcome, greeting) };
}

function unlikeness({ hello }: Visitor, identity: CoreIdentity): Refused['why'] | undefined {
  if (hello.contract !== CONTRACT_VERSION) return hello.contract < CONTRACT_VERSION ? 'older-tab' : 'older-core';
  const isSame = hello.identity.organisation === identity.organisation && hello.identity.profile === identity.profile;
  return isSame ? undefined : 'other-identity';
}

function refuse(visitor: Visitor, why: Refused['why']): void {
  const refused: Refused = { warbler: 'refused', why, contract: CONTRACT_VERSION, build: BUILD };
  visitor.post(refused);
}

/** Undefined when it takes longer. */
const within = <T>(ms: number, clock: Clock, work: Promise<T>): Promise<T | undefined> =>
  new Promise((resolve) => {
    const stopWaiting = clock.after(ms, () => resolve(undefined));
    void work.then((value) => (stopWaiting(), resolve(value)));
  });
