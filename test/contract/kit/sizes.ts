// How large a suite is: small with every change, the table's own sizes at night or when asked for.
declare const process: { env: Readonly<Record<string, string | undefined>> };

/** By its own variable, at night, else. */
export const sizeOf = (variable: string, nightly: number, otherwise: number): number =>
  Number(process.env[variable] ?? (process.env['WARBLER_NIGHTLY'] ? nightly : otherwise));

/** Another one tells another story. */
export const seed: number = Number(process.env['WARBLER_SEED'] ?? 20261121);
