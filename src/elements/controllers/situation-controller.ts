// Where the whole session stands, for whoever shows it.
import { isTouched } from '../../client/looks.ts';
import type { Look, SessionClient } from '../../client/session-client.ts';
import type { Answer } from '../../model/failure.ts';
import type { Situation } from '../../model/situation.ts';
import { SessionSlice } from './session-slice.ts';

export class SituationController extends SessionSlice<Situation> {
  protected override concerns(looks: readonly Look[]): boolean {
    return isTouched(looks, 'situation');
  }

  protected override pull(session: SessionClient): Promise<Answer<Situation>> {
    return session.readSituation();
  }
}
