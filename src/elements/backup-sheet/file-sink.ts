// Where a backup is written to: a file that the person chose, as it comes; or memory, and a download at the end, where a browser has no such thing.

export interface FileSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** From the beginning again. */
  restart(): Promise<void>;
  close(): Promise<void>;
  /** Nothing of it is kept. */
  abort(): Promise<void>;
}

interface SaveWindow {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

export const canStream = (): boolean => typeof (window as SaveWindow).showSaveFilePicker === 'function';

/** To be called while the person's click counts. Undefined where they chose no place. */
export async function openSink(name: string): Promise<FileSink | undefined> {
  const { showSaveFilePicker } = window as SaveWindow;
  if (!showSaveFilePicker) return new MemorySink(name);
  try {
    const handle = await showSaveFilePicker.call(window, { suggestedName: name });
    return sinkOf(await handle.createWritable());
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

const sinkOf = (stream: FileSystemWritableFileStream): FileSink => ({
  write: (bytes) => stream.write(bytes),
  restart: () => stream.seek(0).then(() => stream.truncate(0)),
  close: () => stream.close(),
  abort: () => stream.abort(),
});

/** Each piece is handed to the browser at once, which may keep it on its disk. */
class MemorySink implements FileSink {
  readonly #name: string;
  #parts: Blob[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#parts.push(new Blob([bytes]));
  }

  async restart(): Promise<void> {
    this.#parts = [];
  }

  async close(): Promise<void> {
    const url = URL.createObjectURL(new Blob(this.#parts, { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = this.#name;
    link.click();
    // The download has begun by the time anybody can press anything else.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  abort(): Promise<void> {
    return this.restart();
  }
}
