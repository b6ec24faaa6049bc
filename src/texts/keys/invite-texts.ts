// Asking contacts into a room.

export interface InviteTexts {
  inviteInto(room: string): string;
  inviteSearch: string;
  inviteNobody: string;
  inviteNoMatch: string;
  invite: string;
  inviteName(name: string): string;
  inviting: string;
  invited: string;
  invitedName(name: string): string;
  inviteFailed(name: string, why: string): string;
  done: string;
}
