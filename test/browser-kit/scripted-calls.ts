// Calls as a test wants them answered: late, refused, and each written down.
import type { SessionClient } from '../../src/client/session-client.ts';
import { failed, succeeded, type Answer, type Failure } from '../../src/model/failure.ts';

type Call = keyof SessionClient;

export abstract class ScriptedCalls {
  /** What was asked, in order. */
  readonly calls: { name: Call; args: readonly unknown[] }[] = [];
  #refusals = new Map<Call, Failure>();
  #held = new Map<Call, (() => void)[]>();

  /** From now on this call answers with the failure; without one it works again. */
  refuse(name: Call, failure?: Failure): void {
    if (failure) this.#refusals.set(name, failure);
    else this.#refusals.delete(name);
  }

  /** Answers of this call wait until they are let go. */
  hold(name: Call): void {
    this.#held.set(name, []);
  }

  letGo(name: Call): void {
    const waiting = this.#held.get(name) ?? [];
    this.#held.delete(name);
    for (const go of waiting) go();
  }

  asked(name: Call): readonly (readonly unknown[])[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args);
  }

  protected async answer<T>(name: Call, args: readonly unknown[], work: () => T): Promise<Answer<T>> {
    this.calls.push({ name, args });
    const waiting = this.#held.get(name);
    if (waiting) await new Promise<void>((go) => waiting.push(go));
    const refusal = this.#refusals.get(name);
    return refusal ? failed(refusal) : succeeded(work());
  }
}
