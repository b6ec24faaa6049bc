// What an error is called: all that a log may tell of it.

export const nameOfError = (error: unknown): string =>
  error instanceof Error || error instanceof DOMException ? error.name : typeof error;
