// The core in the page itself, for pages that forbid workers. Fetched only there.
export { openInPage } from '../core/second-stage.ts';
