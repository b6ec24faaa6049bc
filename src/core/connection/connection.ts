// The one connection of the core: keeps a session alive through bad networks until told to stop.
//
//   idle        not started, or stopped by `stop`
//   connecting  a round over the services
//   online      a session lives
//   waiting     until a time, a network, or "try now"
//   stopped     for a reason that trying again does not mend
import type { Failure } from '../../model/failure.ts';
import type { ConnectionState } from '../../model/situation.ts';
import { domainOf } from '../../xmpp/jid.ts';
import type { Element } from '../../xmpp/xml.ts';
import { complain } from '../complain.ts';
import type { Connection, ConnectionListener, Login, ServiceKnowledge, World } from '../ports.ts';
import type { Established } from './attempt.ts';
import { connectOnce, isAboutForm, slowerPace } from './connect-once.ts';
import { knowledgeOf, learn, type Knowledge } from './knowledge.ts';
import { negotiate } from './negotiate.ts';
import { Reconnect } from './reconnect.ts';
import { Secrets } from './secrets.ts';
import { Stream, type StreamEnd } from './stream.ts';
import { Traffic } from './traffic.ts';
import { failureOfStreamError, isFinal, isPassing } from './trouble.ts';

export type ConnectionWorld = Pick<World, 'clock' | 'random' | 'subtle' | 'openSocket' | 'online' | 'log'>;

export const createConnection = (world: ConnectionWorld, listener: ConnectionListener): Connection =>
  new ServiceConnection(world, listener);

const FAREWELL_MS = 1_000;

class ServiceConnection implements Connection {
  readonly #world: ConnectionWorld;
  readonly #listener: ConnectionListener;
  readonly #traffic: Traffic;
  #state: ConnectionState = { stage: 'idle' };
  #login: Login | undefined;
  #secrets: Secrets | undefined;
  #reconnect: Reconnect;
  #knowledge: Knowledge = [];
  /** The services, the one that worked last in front. */
  #services: readonly string[] = [];
  #attempt = 0;
  /** Of each start its own number: what an older one still waits for is void. */
  #run = 0;
  #dialling: Stream | undefined;
  #cancelWait: (() => void) | undefined;
  #forgetOnline: (() => void) | undefined;
  #keptAs = '';
  /** When whoever listens is ready for what the engine says. */
  #ready: Promise<boolean> | undefined;

  constructor(world: ConnectionWorld, listener: ConnectionListener) {
    this.#world = world;
    this.#listener = listener;
    this.#reconnect = this.#newReconnect();
    this.#traffic = new Traffic(world, listener, {
      slowChanged: (slow) => this.#setState({ stage: 'online', slow }),
      ended: (end) => this.#ended(end),
    });
  }

  state(): ConnectionState {
    return this.#state;
  }

  fullAddress(): string | undefined {
    return this.#traffic.own;
  }

  start(login: Login, ready?: Promise<boolean>): void {
    this.#end();
    this.#ready = ready;
    void this.#traffic.close(FAREWELL_MS);
    this.#login = login;
    this.#secrets = new Secrets(login, this.#world);
    this.#knowledge = ('kept' in login.secret && login.secret.kept.knowledge) || [];
    this.#services = login.services;
    this.#reconnect = this.#newReconnect();
    this.#keptAs = '';
    this.#forgetOnline = this.#world.online.onOnline(() => this.#onOnline());
    void this.#connect();
  }

  async stop(): Promise<void> {
    this.#end();
    const closing = this.#traffic.close(FAREWELL_MS);
    this.#login = this.#secrets = undefined;
    this.#setState({ stage: 'idle' });
    await closing;
  }

  retryNow(): void {
    this.#reconnect.seen();
    if (this.#state.stage === 'waiting') void this.#connect();
    else if (this.#state.stage === 'online') this.#traffic.doubt();
    // Only the person can tell which of two devices shall go on; here they just did.
    else if (this.#state.stage === 'stopped' && this.#state.failure.kind === 'signed-in-elsewhere' && this.#login) this.start(this.#login);
  }

  beginAnew(): void {
    if (this.#state.stage === 'online') this.#traffic.abandon();
  }

  setActive(active: boolean): void {
    this.#traffic.setActive(active);
    if (!active) return;
    this.#reconnect.seen();
    this.#tryAtOnce();
  }

  send(stanza: Element, fate?: (fate: 'taken' | 'lost') => void): void {
    this.#traffic.send(stanza, fate);
  }

  ask(iq: Element, deadlineMs?: number): ReturnType<Connection['ask']> {
    return this.#traffic.ask(iq, deadlineMs);
  }

  async #connect(): Promise<void> {
    this.#cancelWait?.();
    const run = this.#run;
    this.#setState({ stage: 'connecting', attempt: ++this.#attempt });
    const outcome = await connectOnce({
      services: this.#services,
      known: (service) => knowledgeOf(this.#knowledge, service),
      learn: (lesson) => (this.#knowledge = learn(this.#knowledge, lesson)),
      establish: (service, known) => this.#establish(service, known),
      isOver: () => run !== this.#run,
    }).catch((defect: unknown) => this.#reportDefect(defect));
    if (run !== this.#run) return 'stream' in outcome ? outcome.stream.cut() : undefined;
    this.#dialling = undefined;
    if ('stream' in outcome) return this.#goLive(outcome.stream, outcome.established);
    this.#traffic.drop();
    this.#retreat(outcome.failure);
  }

  async #establish(service: string, known: ServiceKnowledge): Promise<{ stream: Stream; established: Established }> {
    const { address } = this.#login as Login;
    const secrets = this.#secrets as Secrets;
    const stream = new Stream(service, address, this.#world);
    this.#dialling?.cut();
    this.#traffic.drop();
    this.#dialling = stream;
    this.#reconnect.dialled();
    await stream.dial(this.#world.openSocket);
    const established = await negotiate({
      world: this.#world,
      stream,
      address,
      domain: domainOf(address) ?? '',
      resource: `warbler.${secrets.device.slice(0, 8)}`,
      secrets,
      known,
      pace: known.pace,
      learn: (lesson) => (this.#knowledge = learn(this.#knowledge, lesson)),
      resumable: this.#traffic.resumable(),
      resumeRefused: (handled) => this.#traffic.resumeRefused(handled),
      beginFresh: () => this.#traffic.beginFresh(stream),
    });
    return { stream, established };
  }

  #goLive(stream: Stream, { address, session, clientState, client, token, learned }: Established): void {
    const { service } = stream;
    this.#services = [service, ...this.#services.filter((one) => one !== service)];
    this.#secrets?.signedIn(client, token);
    this.#knowledge = learn(this.#knowledge, learned);
    this.#reconnect.wentLive();
    if (session.how === 'fresh') this.#traffic.goLive(stream, address, session.management, clientState);
    else if (!this.#traffic.resume(stream, session.handled, clientState)) return this.#startOver(stream);
    this.#attempt = 0;
    this.#setState({ stage: 'online', slow: false });
    this.#keepLogin();
    this.#listenOnceReady(session.how);
  }

  /** Until then the stream keeps what comes, in its order, and how it ends. */
  #listenOnceReady(how: 'fresh' | 'resumed'): void {
    const run = this.#run;
    const listen = (isReady: boolean): void => {
      if (!isReady || run !== this.#run) return;
      this.#listener.online(how);
      this.#traffic.listen();
    };
    if (this.#ready) void this.#ready.then(listen);
    else listen(true);
  }

  /** The engine claims to have handled what was never said: nothing of that session can be believed. */
  #startOver(stream: Stream): void {
    stream.cut();
    this.#traffic.forget();
    this.#traffic.drop();
    this.#retreat({ kind: 'service-unreachable', service: stream.service });
  }

  #keepLogin(): void {
    const kept = this.#secrets?.keep(this.#login?.services ?? [], this.#knowledge);
    const { scram, fast, knowledge } = kept ?? {};
    const keptAs = JSON.stringify([scram?.map(({ mechanism, salt, iterations }) => [mechanism, salt, iterations]), fast, knowledge]);
    if (!kept || keptAs === this.#keptAs) return;
    this.#keptAs = keptAs;
    this.#listener.loginKept(kept);
  }

  #ended(end: StreamEnd): void {
    const service = this.#services[0] ?? '';
    const slower = isAboutForm({ end }) ? slowerPace(knowledgeOf(this.#knowledge, service)) : undefined;
    if (slower) this.#knowledge = learn(this.#knowledge, slower);
    this.#reconnect.ended();
    this.#world.log.info('stream ended', { why: end.why, condition: end.why === 'error' ? end.error.condition : undefined });
    const failure: Failure =
      end.why === 'error' ? failureOfStreamError(end.error, service, this.#login?.address ?? '') : { kind: 'service-unreachable', service };
    this.#retreat(failure.kind === 'address-invalid' ? { kind: 'service-unreachable', service } : failure);
  }

  /** Waits where waiting can help, else stops for good. */
  #retreat(failure: Failure): void {
    if (isFinal(failure) || !isPassing(failure)) {
      this.#end();
      this.#traffic.forget();
      return this.#setState({ stage: 'stopped', failure });
    }
    const delayMs = this.#reconnect.delayMs();
    this.#waitFor(delayMs, this.#world.online.isOnline() ? failure : { kind: 'offline' });
  }

  #waitFor(delayMs: number, failure: Failure): void {
    this.#cancelWait?.();
    this.#cancelWait = this.#reconnect.wait(
      delayMs,
      () => this.#traffic.isActive,
      () => void this.#connect(),
    );
    this.#setState({ stage: 'waiting', retryAt: this.#world.clock.now() + delayMs, attempt: this.#attempt, failure });
  }

  #onOnline(): void {
    if (this.#state.stage === 'online') this.#traffic.doubt();
    this.#reconnect.seen();
    this.#tryAtOnce();
  }

  #tryAtOnce(): void {
    if (this.#state.stage === 'waiting') this.#waitFor(this.#reconnect.soonestMs(), this.#state.failure);
  }

  #reportDefect(defect: unknown): { failure: Failure } {
    complain(this.#world.log, 'connecting failed by a defect', defect);
    return { failure: { kind: 'service-unreachable', service: this.#services[0] ?? '' } };
  }

  #end(): void {
    this.#run++;
    this.#attempt = 0;
    this.#cancelWait?.();
    this.#forgetOnline?.();
    this.#forgetOnline = undefined;
    this.#dialling?.cut();
    this.#dialling = undefined;
  }

  #newReconnect(): Reconnect {
    return new Reconnect(this.#world.clock, () => new DataView(this.#world.random(4).buffer).getUint32(0) / 2 ** 32);
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.#listener.stateChanged(state);
  }
}
