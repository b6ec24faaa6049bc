// Which addresses of a service may be dialled at all: encrypted ones, and plain ones that never leave this machine.

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

export function isSecureService(service: string): boolean {
  const url = URL.canParse(service) ? new URL(service) : undefined;
  if (!url || url.username || url.password) return false;
  return url.protocol === 'wss:' || (url.protocol === 'ws:' && LOOPBACK.test(url.hostname));
}
