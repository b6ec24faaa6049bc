// The demo with somebody on the line: every frame that a client hands to the engine is told.
import type { DemoSite } from './demo-site.ts';
import { startCuttingProxy } from './engines/cutting-proxy.ts';

export async function overhear(demo: DemoSite, said: (frame: string) => void): Promise<DemoSite> {
  const [service = ''] = demo.facts.services;
  const address = new URL(service);
  const proxy = await startCuttingProxy(Number(address.port), said);
  address.port = String(proxy.port);
  return {
    ...demo,
    facts: { ...demo.facts, services: [address.href] },
    service: address.href,
    stop: async () => {
      await proxy.stop();
      await demo.stop();
    },
  };
}
