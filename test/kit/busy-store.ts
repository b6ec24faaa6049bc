// A store that tells whether it is at work. Sealing and deflating run on threads of their own: no number of turns waits for them.
import type { OpenedStore } from '../../src/core/ports.ts';

export interface BusyStore {
  store: OpenedStore;
  isBusy(): boolean;
}

export function busyStore(inner: OpenedStore): BusyStore {
  let underWay = 0;
  const counted = <T>(work: Promise<T>): Promise<T> => {
    underWay += 1;
    return work.finally(() => (underWay -= 1));
  };
  const store = new Proxy(inner, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, target, args);
        return answer instanceof Promise ? counted(answer) : answer;
      };
    },
  });
  return { store, isBusy: () => underWay > 0 };
}
