// What a chat shows first: the list's top, and the newest messages of the conversation that was open last.
import type { FirstWish } from '../contracts/port.ts';

export const FIRST_WISH: FirstWish = { count: 50 };
