// QR codes come when somebody wants to compare by them.
const TAG = 'warbler-key-codes';

const hasKeyCodes = (): boolean => customElements.get(TAG) !== undefined;

export async function loadKeyCodes(): Promise<void> {
  if (hasKeyCodes()) return;
  const { KeyCodes } = await import('./key-codes.ts');
  if (!hasKeyCodes()) customElements.define(TAG, KeyCodes);
}
