// What the page hands to the browser's downloads, caught on its way there.

export interface Saved {
  name: string;
  body: Blob;
}

/** From now on nothing reaches the disk. `restore` puts things back as they were. */
export function catchSaved(): { saved: Saved[]; restore: () => void } {
  const saved: Saved[] = [];
  const bodies = new Map<string, Blob>();
  const { click } = HTMLAnchorElement.prototype;
  const { createObjectURL } = URL;
  URL.createObjectURL = (body: Blob) => {
    const address = createObjectURL.call(URL, body);
    bodies.set(address, body);
    return address;
  };
  HTMLAnchorElement.prototype.click = function () {
    const body = bodies.get(this.href);
    if (body) saved.push({ name: this.download, body });
    else click.call(this);
  };
  const restore = (): void => {
    URL.createObjectURL = createObjectURL;
    HTMLAnchorElement.prototype.click = click;
  };
  return { saved, restore };
}
