// Properties on generated values, repeatable: WARBLER_SEED tells another story, a failure prints the seed that told it.
import fc, { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['WARBLER_SEED'] ?? 20261121), numRuns: process.env['WARBLER_NIGHTLY'] ? 20_000 : 300 });

export { fc };
