// An XMPP server on the socket port, played by a script: it does what engines do, and on wish what they should not.
import type { OpenSocket } from '../../src/core/line-ports.ts';
import {
  NS_BIND,
  NS_BIND2,
  NS_CLIENT,
  NS_CSI,
  NS_FAST,
  NS_FRAMING,
  NS_PIPELINING,
  NS_SASL,
  NS_SASL2,
  NS_SM,
  NS_STANZAS,
  NS_STREAM,
  NS_STREAM_ERRORS,
} from '../../src/xmpp/namespaces.ts';
import { child, element, parseFrame, textOf, textOfChild, writeElement, type Element } from '../../src/xmpp/xml.ts';
import { plainServer, scramServer, tokenServer, type SaslServer } from './scripted-sasl.ts';
import { ScriptedSession } from './scripted-session.ts';
import { Wire } from './scripted-wire.ts';

export interface ServerScript {
  user: string;
  password: string;
  domain: string;
  mechanisms: readonly string[];
  salt: string;
  iterations: number;
  /** Resumable, only counted, or not known at all. */
  management: 'resumable' | 'counted' | 'none';
  clientState: boolean;
  pipelining: boolean;
  streamId: string;
  sasl2: boolean;
  fast: boolean;
  /** A token it takes, if any, and the count it saw last. */
  token: string | undefined;
  tokenCount: number;
  /** Where sockets do not open at all. */
  refusing: ReadonlySet<string>;
  flaws: { nonce?: string; signature?: string };
  /** Looks at each frame of a client first; true where it has dealt with it. */
  before?: (frame: Element, stream: ScriptedStream) => boolean | void;
}

const USUAL_SCRIPT: ServerScript = {
  user: 'ann',
  password: 'pencil',
  domain: 'willow.test',
  mechanisms: ['SCRAM-SHA-1', 'SCRAM-SHA-256'],
  salt: 'W22ZaJ0SNY7soEsUEjb6gQ==',
  iterations: 4096,
  management: 'resumable',
  clientState: true,
  pipelining: true,
  streamId: '1',
  sasl2: false,
  fast: false,
  token: undefined,
  tokenCount: 0,
  refusing: new Set(),
  flaws: {},
};

export class ScriptedServer {
  readonly script: ServerScript;
  readonly wires: Wire[] = [];
  readonly sessions = new Map<string, ScriptedSession>();
  /** Every frame any client sent. */
  readonly heard: Element[] = [];
  /** While false nothing moves by itself. */
  isFlowing = true;
  #count = 0;
  readonly #flowing = new Set<Wire>();

  constructor(script: Partial<ServerScript> = {}) {
    this.script = { ...USUAL_SCRIPT, ...script };
  }

  readonly openSocket: OpenSocket = (url, events) => {
    const wire = new Wire(url, events);
    this.wires.push(wire);
    setImmediate(() => this.#accept(wire));
    return wire.socket();
  };

  get wire(): Wire {
    const wire = this.wires.at(-1);
    if (!wire) throw new Error('nobody has dialled');
    return wire;
  }

  get session(): ScriptedSession {
    const session = [...this.sessions.values()].at(-1);
    if (!session) throw new Error('nobody has signed in');
    return session;
  }

  newSession(resource: string): ScriptedSession {
    const { user, domain } = this.script;
    const session = new ScriptedSession(`${user}@${domain}/${resource}`, `s${++this.#count}`);
    this.sessions.set(session.id, session);
    return session;
  }

  #accept(wire: Wire): void {
    if (this.script.refusing.has(wire.url)) return wire.cut();
    wire.onBusy = () => this.#flowSoon(wire);
    wire.open(new ScriptedStream(this, wire));
  }

  /** One delivery a turn: what is said in one turn travels together. */
  #flowSoon(wire: Wire): void {
    if (this.#flowing.has(wire)) return;
    this.#flowing.add(wire);
    setImmediate(() => {
      this.#flowing.delete(wire);
      if (!this.isFlowing) return;
      wire.deliverDown();
      wire.deliverUp();
    });
  }
}

export class ScriptedStream {
  readonly #server: ScriptedServer;
  readonly #wire: Wire;
  #sasl: SaslServer | undefined;
  #isSignedIn = false;
  #session: ScriptedSession | undefined;
  #request: Element | undefined;

  constructor(server: ScriptedServer, wire: Wire) {
    this.#server = server;
    this.#wire = wire;
  }

  say(...frames: readonly (Element | string)[]): void {
    for (const frame of frames) this.#wire.say(typeof frame === 'string' ? frame : writeElement(frame));
  }

  /** A stream error, then the end. */
  fail(condition: string): void {
    this.say(element('error', NS_STREAM, {}, [element(condition, NS_STREAM_ERRORS)]));
    this.#wire.finish();
  }

  gone(): void {
    this.#session?.detach(this);
  }

  hear(text: string): void {
    const frame = parseFrame(text);
    if (!frame.ok) return this.fail('not-well-formed');
    this.#server.heard.push(frame.element);
    if (this.#server.script.before?.(frame.element, this) === true) return;
    this.#hear(frame.element);
  }

  #hear(frame: Element): void {
    const { script } = this.#server;
    if (frame.namespace === NS_FRAMING)
      return frame.name === 'open' ? this.#open() : (this.say(element('close', NS_FRAMING)), this.#wire.finish());
    if (frame.namespace === NS_SASL) return this.#hearSasl(frame);
    if (frame.namespace === NS_SASL2 && script.sasl2) return this.#hearSasl2(frame);
    if (!this.#isSignedIn) return this.fail('not-authorized');
    if (frame.namespace === NS_SM && script.management !== 'none') return this.#hearManagement(frame);
    if (frame.namespace === NS_CSI) return;
    if (frame.namespace !== NS_CLIENT) return this.fail('unsupported-stanza-type');
    if (!this.#session) return this.#bind(frame);
    this.#session.take(frame);
  }

  #open(): void {
    const { script } = this.#server;
    const features = this.#isSignedIn ? this.#sessionOffers() : this.#signInOffers();
    this.say(element('open', NS_FRAMING, { from: script.domain, id: script.streamId, version: '1.0' }), features);
  }

  #signInOffers(): Element {
    const { script } = this.#server;
    const list = (name: string, namespace: string): Element[] => script.mechanisms.map((one) => element(name, namespace, {}, [one]));
    return element('features', NS_STREAM, {}, [
      element('mechanisms', NS_SASL, {}, list('mechanism', NS_SASL)),
      script.pipelining ? element('pipelining', NS_PIPELINING) : undefined,
      script.sasl2 ? element('authentication', NS_SASL2, {}, [...list('mechanism', NS_SASL2), this.#inlineOffers()]) : undefined,
    ]);
  }

  #inlineOffers(): Element {
    const { script } = this.#server;
    const mechanism = element('mechanism', NS_FAST, {}, ['HT-SHA-256-NONE']);
    return element('inline', NS_SASL2, {}, [
      element('sm', NS_SM),
      element('bind', NS_BIND2, {}, [element('inline', NS_BIND2, {}, [element('feature', NS_BIND2, { var: NS_SM })])]),
      script.fast ? element('fast', NS_FAST, {}, [mechanism]) : undefined,
    ]);
  }

  #sessionOffers(): Element {
    const { script } = this.#server;
    return element('features', NS_STREAM, {}, [
      element('bind', NS_BIND),
      script.management === 'none' ? undefined : element('sm', NS_SM),
      script.clientState ? element('csi', NS_CSI) : undefined,
    ]);
  }

  #hearSasl(frame: Element): void {
    const refuse = (condition: string): void => this.say(element('failure', NS_SASL, {}, [element(condition, NS_SASL)]));
    if (frame.name === 'abort') return refuse('aborted');
    if (frame.name === 'auth') this.#sasl = this.#saslServer(frame.attributes['mechanism'] ?? '');
    if (!this.#sasl) return refuse('invalid-mechanism');
    const said = this.#sasl.hear(decode(textOf(frame)));
    if ('failure' in said) return refuse(said.failure);
    if ('challenge' in said) return this.say(element('challenge', NS_SASL, {}, [encode(said.challenge)]));
    this.#isSignedIn = true;
    this.say(element('success', NS_SASL, {}, [encode(said.success)]));
  }

  #hearSasl2(frame: Element): void {
    if (frame.name === 'authenticate') {
      this.#request = frame;
      this.#sasl = this.#saslServer(frame.attributes['mechanism'] ?? '');
    }
    const word = frame.name === 'authenticate' ? textOfChild(frame, 'initial-response', NS_SASL2) : textOf(frame);
    const said = this.#sasl?.hear(decode(word)) ?? { failure: 'invalid-mechanism' };
    if ('failure' in said) return this.say(element('failure', NS_SASL2, {}, [element(said.failure, NS_SASL)]));
    if ('challenge' in said) return this.say(element('challenge', NS_SASL2, {}, [encode(said.challenge)]));
    this.#isSignedIn = true;
    this.#succeedAtOnce(said.success);
  }

  #succeedAtOnce(proof: string): void {
    const { script } = this.#server;
    const request = this.#request as Element;
    const resume = child(request, 'resume', NS_SM);
    const resumed = resume && this.#resume(resume);
    const bind = child(request, 'bind', NS_BIND2);
    const isFresh = bind && resumed?.name !== 'resumed';
    if (isFresh) this.#bindTo(textOfChild(bind, 'tag', NS_BIND2) ?? '');
    const enabled = isFresh && child(bind, 'enable', NS_SM) ? this.#enable() : undefined;
    if (child(request, 'request-token', NS_FAST)) script.token = `token-${Math.random()}`;
    this.say(
      element('success', NS_SASL2, {}, [
        element('additional-data', NS_SASL2, {}, [encode(proof)]),
        element('authorization-identifier', NS_SASL2, {}, [this.#session?.address]),
        resumed,
        isFresh ? element('bound', NS_BIND2, {}, [enabled]) : undefined,
        script.token && child(request, 'request-token', NS_FAST)
          ? element('token', NS_FAST, { token: script.token, expiry: '2027-01-01T00:00:00Z' })
          : undefined,
      ]),
      this.#sessionOffers(),
    );
    if (resumed?.name === 'resumed') this.#session?.repeat();
  }

  #saslServer(mechanism: string): SaslServer | undefined {
    const { script } = this.#server;
    if (mechanism.startsWith('HT-')) return script.fast ? this.#tokenServer() : undefined;
    if (!script.mechanisms.includes(mechanism)) return undefined;
    return mechanism === 'PLAIN' ? plainServer(script.user, script.password) : scramServer(mechanism, script, script.flaws);
  }

  #tokenServer(): SaslServer {
    const { script } = this.#server;
    const count = Number(child(this.#request, 'fast', NS_FAST)?.attributes['count'] ?? 0);
    const isNew = count > script.tokenCount;
    script.tokenCount = Math.max(count, script.tokenCount);
    return tokenServer(script.user, isNew ? script.token : undefined, script.flaws);
  }

  #bind(frame: Element): void {
    const resource = textOfChild(child(frame, 'bind', NS_BIND), 'resource', NS_BIND);
    if (resource === undefined) return this.fail('not-authorized');
    const session = this.#bindTo(resource);
    const jid = element('jid', NS_BIND, {}, [session.address]);
    this.say(element('iq', NS_CLIENT, { type: 'result', id: frame.attributes['id'] }, [element('bind', NS_BIND, {}, [jid])]));
  }

  #bindTo(resource: string): ScriptedSession {
    this.#session = this.#server.newSession(resource);
    this.#session.attach(this);
    return this.#session;
  }

  #hearManagement(frame: Element): void {
    if (frame.name === 'enable') return this.say(this.#enable());
    if (frame.name === 'resume') {
      const answer = this.#resume(frame);
      this.say(answer);
      if (answer.name === 'resumed') this.#session?.repeat();
    }
    if (frame.name === 'r') this.say(element('a', NS_SM, { h: String(this.#session?.handled) }));
    if (frame.name === 'a' && !this.#session?.acknowledged(Number(frame.attributes['h']))) this.fail('undefined-condition');
  }

  #enable(): Element {
    this.#session?.startCountingAt(0);
    return element(
      'enabled',
      NS_SM,
      this.#server.script.management === 'resumable' ? { id: this.#session?.id, resume: 'true', max: '300' } : {},
    );
  }

  #resume(frame: Element): Element {
    const session = this.#server.sessions.get(frame.attributes['previd'] ?? '');
    if (!session?.acknowledged(Number(frame.attributes['h']))) return element('failed', NS_SM, {}, [element('item-not-found', NS_STANZAS)]);
    session.attach(this);
    this.#session = session;
    return element('resumed', NS_SM, { previd: session.id, h: String(session.handled) });
  }
}

const encode = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const decode = (text: string | undefined): Buffer => (text === undefined || text === '=' ? Buffer.alloc(0) : Buffer.from(text, 'base64'));
