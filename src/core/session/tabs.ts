// What the tabs show. The core is active while one of them is visible; it remembers what was open last.
import type { TabReport } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';

export interface TabsNeeds {
  activityChanged(isActive: boolean): void;
  opened(conversation: ConversationId): void;
  allGone(): void;
}

export class Tabs {
  readonly #needs: TabsNeeds;
  readonly #reports = new Map<string, TabReport>();
  #isActive = true;

  constructor(needs: TabsNeeds) {
    this.#needs = needs;
  }

  /** Until the first tab has said otherwise somebody is looking: it was just opened. */
  get isActive(): boolean {
    return this.#isActive;
  }

  /** What each of them shows. */
  get shown(): Readonly<Record<string, ConversationId>> {
    const reports = [...this.#reports].map(([tab, { conversation }]) => [tab, conversation] as const);
    return Object.fromEntries(reports.filter((one): one is [string, ConversationId] => one[1] !== undefined));
  }

  report(tab: string, report: TabReport): void {
    const before = this.#reports.get(tab);
    this.#reports.set(tab, report);
    if (report.conversation !== undefined && report.conversation !== before?.conversation) this.#needs.opened(report.conversation);
    this.#judge();
  }

  gone(tab: string): void {
    if (!this.#reports.delete(tab)) return;
    this.#judge();
    if (this.#reports.size === 0) this.#needs.allGone();
  }

  #judge(): void {
    const isActive = [...this.#reports.values()].some((report) => report.visible);
    if (isActive === this.#isActive) return;
    this.#isActive = isActive;
    this.#needs.activityChanged(isActive);
  }
}
