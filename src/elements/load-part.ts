// Fetches an element when somebody reaches for it, where the registry cannot be asked because it knows who asks.

type Load = () => Promise<CustomElementConstructor>;

/** What fails to load is asked for again at the next approach. */
export async function loadPart(tag: string, load: Load): Promise<void> {
  if (customElements.get(tag)) return;
  const Part = await load().catch(() => undefined);
  if (Part && !customElements.get(tag)) customElements.define(tag, Part);
}
