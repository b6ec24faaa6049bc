// Signing in again by token in one flight, XEP-0484.
import { NS_FAST } from '../namespaces.ts';
import { child, element, type Element } from '../xml.ts';

export const writeTokenRequest = (mechanism: string): Element => element('request-token', NS_FAST, { mechanism });

/** Says that this sign-in is one by token. The count rises with each, so that nobody can play one again. */
export const writeTokenUse = (count: number): Element => element('fast', NS_FAST, { count: String(count) });

export function readToken(success: Element): { token: string; expiresAt: number } | undefined {
  const { token, expiry } = child(success, 'token', NS_FAST)?.attributes ?? {};
  if (!token) return undefined;
  const expiresAt = Date.parse(expiry ?? '');
  return { token, expiresAt: Number.isNaN(expiresAt) ? Infinity : expiresAt };
}
