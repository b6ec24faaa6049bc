// After unlocking: what was open is open again. While it was locked the tab did not know what that was.
import type { SessionClient } from '../../client/session-client.ts';
import { readView } from '../chat/kept-view.ts';
import { OpenRequestEvent } from '../events/shell-requests.ts';

export async function showLastOpen(session: SessionClient, place: Element): Promise<void> {
  // Whoever had gone back to the list finds the list.
  if (readView((place as { profile?: string }).profile ?? 'default').view === 'list') return;
  const last = await session.readLastOpen();
  if (last.ok && last.value !== undefined && place.isConnected) place.dispatchEvent(new OpenRequestEvent(last.value));
}
