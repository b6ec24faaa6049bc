// Where the worker file lies, and the one Trusted Types policy that lets a worker start from it.

export interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

/** All built files lie beside each other. A variable keeps the bundler from reading it as an asset of its own. */
const FILE = './worker.js';
const defaultWorkerUrl = (): string => new URL(/* @vite-ignore */ FILE, import.meta.url).href;
export const workerUrlOf = (given: string | URL = defaultWorkerUrl()): string => new URL(given, location.href).href;

let policy: ScriptUrlPolicy | undefined;

/** A page may allow a policy of this name once only: code in two files shares it. */
export const policyMade = (): ScriptUrlPolicy | undefined => policy;
export function usePolicy(made: ScriptUrlPolicy | undefined): void {
  policy ??= made;
}

/** What a worker constructor takes. Pages that enforce Trusted Types allow the policy `warbler-worker`. */
export function scriptUrl(url: string): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  if (!factory) return url;
  policy ??= factory.createPolicy('warbler-worker', { createScriptURL: onlyWorkerFiles });
  return policy.createScriptURL(url);
}

/** Files and our own blobs; never `data:` or `javascript:`. */
function onlyWorkerFiles(url: string): string {
  if (/^(https?|blob):/.test(url)) return url;
  throw new TypeError(`Not the address of a worker file: ${url}`);
}
