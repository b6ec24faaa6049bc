// The origin private file system where this host has one that can be written, otherwise a small stand-in of the same shape.

export async function privateFiles(): Promise<() => Promise<FileSystemDirectoryHandle>> {
  const { storage } = globalThis.navigator ?? {};
  if (typeof storage?.getDirectory !== 'function' || !(await canWrite(storage))) return standIn();
  return () => storage.getDirectory();
}

async function canWrite(storage: StorageManager): Promise<boolean> {
  try {
    const root = await storage.getDirectory();
    const handle = await root.getFileHandle('probe', { create: true });
    await (await handle.createWritable()).close();
    await root.removeEntry('probe');
    return true;
  } catch {
    return false;
  }
}

function standIn(): () => Promise<FileSystemDirectoryHandle> {
  const files = new Map<string, string>();
  const missing = (): never => {
    throw new DOMException('no such file', 'NotFoundError');
  };
  const handleOf = (name: string): object => ({
    getFile: async () => new Blob([files.get(name) ?? missing()]),
    createWritable: async () => ({ write: async (text: string) => void files.set(name, text), close: async () => undefined }),
  });
  const root = {
    getFileHandle: async (name: string, options?: { create?: boolean }) =>
      files.has(name) || options?.create ? handleOf(name) : missing(),
    removeEntry: async (name: string) => void (files.delete(name) || missing()),
  };
  return () => Promise.resolve(root as unknown as FileSystemDirectoryHandle);
}
