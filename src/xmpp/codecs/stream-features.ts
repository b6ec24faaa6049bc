// What an engine offers on a stream that has just been opened, RFC 6120 section 4.3.2.
import { NS_BIND, NS_CSI, NS_PIPELINING, NS_SASL, NS_SASL2, NS_SESSION, NS_SM, NS_STREAM } from '../namespaces.ts';
import { child, childrenNamed, textOf, type Element } from '../xml.ts';
import { readSasl2Offer, type Sasl2Offer } from './sasl2.ts';

export interface StreamFeatures {
  /** Ways to sign in of RFC 6120, in the order of the engine. */
  mechanisms: readonly string[];
  sasl2?: Sasl2Offer;
  bind: boolean;
  /** An engine of the first days that wants a session asked for after the bind. */
  sessionRequired: boolean;
  streamManagement: boolean;
  clientState: boolean;
  /** The engine says that it may be told several things at once, across the sign-in as well (XEP-0305). */
  pipelining: boolean;
}

export function readStreamFeatures(frame: Element): StreamFeatures | undefined {
  if (frame.name !== 'features' || frame.namespace !== NS_STREAM) return undefined;
  const session = child(frame, 'session', NS_SESSION);
  const sasl2 = child(frame, 'authentication', NS_SASL2);
  return {
    mechanisms: childrenNamed(child(frame, 'mechanisms', NS_SASL), 'mechanism', NS_SASL).map((one) => textOf(one)?.trim() ?? ''),
    ...(sasl2 && { sasl2: readSasl2Offer(sasl2) }),
    bind: child(frame, 'bind', NS_BIND) !== undefined,
    sessionRequired: session !== undefined && child(session, 'optional', NS_SESSION) === undefined,
    streamManagement: child(frame, 'sm', NS_SM) !== undefined,
    clientState: child(frame, 'csi', NS_CSI) !== undefined,
    pipelining: child(frame, 'pipelining', NS_PIPELINING) !== undefined,
  };
}
