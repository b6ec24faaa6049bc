// Hands a file to the browser's downloads. As bytes of no kind, so that no browser opens it as a page of this site.

/** Downloads are begun at once; what is let go too early never arrives in some browsers. */
const KEPT_MS = 60_000;

export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(new Blob([file], { type: 'application/octet-stream' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name, rel: 'noopener' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
