// Elements load one by one, so a provider may turn up after those below it have asked. Their questions are kept and put again.
import { ContextRoot } from '@lit/context';

let root: ContextRoot | undefined;

export function hearLateProviders(): void {
  if (root) return;
  root = new ContextRoot();
  root.attach(document.documentElement);
}
