// ejabberd: writes its configuration, starts it as one node without epmd, fills it through its administration.
import type { EngineProgram } from '../engine.ts';

export const EJABBERD: EngineProgram = {
  prepare: () => Promise.reject(new Error('not here yet')),
  fillBefore: async () => {},
  fillAfter: async () => {},
  answers: async () => false,
  countSessions: async () => 0,
  logFile: () => '',
};
