// The composer.

export interface ComposerTexts {
  writeTo(name: string): string;
  writeWhenOnline: string;
  composerLabel(name: string): string;
  send: string;
  charactersLeft(count: number): string;
  charactersOver(count: number): string;
  composerNotSignedIn: string;
  composerNotMember: string;
  composerStranger: string;
}
