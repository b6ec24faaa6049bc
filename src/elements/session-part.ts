// An element that shows something of a session: the one it finds above, or its own.
import { consume } from '@lit/context';
import { property } from 'lit/decorators.js';
import type { SessionClient } from '../client/session-client.ts';
import { sessionContext } from './contexts/session.ts';
import { WarblerElement } from './warbler-element.ts';

export abstract class SessionPart extends WarblerElement {
  @consume({ context: sessionContext, subscribe: true })
  @property({ attribute: false })
  session: SessionClient | undefined;

  /** Nobody above serves its requests: it does so itself. */
  protected readonly ownSession = (): SessionClient | undefined => (this.standsAlone ? this.session : undefined);
}
