// What the page's tools put into the global scope, with their types.

export interface Control {
  tell(key: string, value: unknown): Promise<unknown>;
  ask(key: string): Promise<unknown>;
  frame(): Promise<number>;
}

export const control = globalThis as unknown as Control;
