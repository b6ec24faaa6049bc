// Talks to ejabberd's administration over HTTP on loopback.
import type { EnginePlan } from '../plan.ts';
import { isAtLeast, librariesFor } from './installed.ts';

/** 24.12 names some arguments anew, and answers to the old names when asked for an older version; 23.01 knows no versions. */
export const isModern = (plan: EnginePlan): boolean => isAtLeast(librariesFor(plan).version, '24.12');

export type Arguments = Readonly<Record<string, unknown>>;

export async function command<T = unknown>(plan: EnginePlan, name: string, given: Arguments = {}, version = 'v0'): Promise<T> {
  const suffix = isModern(plan) ? `/${version}` : '';
  const answer = await fetch(`http://127.0.0.1:${plan.adminPort}/${plan.adminKey}/${name}${suffix}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(given),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`ejabberd refused ${name}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

export async function answersCommands(plan: EnginePlan): Promise<boolean> {
  try {
    await command(plan, 'status');
    return true;
  } catch {
    return false;
  }
}
