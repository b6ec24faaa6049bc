// Mutants that no test can notice, because whatever the changed code does is the same: each with its reason, named by the line it is on.

export interface Equivalent {
  file: string;
  /** A part of the line that stands nowhere else in the file, or else in lines of which the same is true. */
  line: string;
  /** As the tool names the change; several of a line are meant by several entries. */
  what: string;
  why: string;
}

export const EQUIVALENT: readonly Equivalent[] = [];
