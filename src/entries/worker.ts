// The file a page's worker runs from: the core for all its tabs.
import { serve } from '../core/worker.ts';

serve(globalThis);
