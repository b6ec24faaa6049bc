// What a page watches about itself while it is measured: long tasks, how many messages lie on its disk, a key until its letter is painted.

export const PROBES = `
/** Every task above 50 ms from now on. */
function watchLongTasks() {
  const found = [];
  new PerformanceObserver((list) => found.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: 'longtask' });
  return found;
}
/** How many messages the blocks of all databases of this origin hold. Counts stand in their keys. */
async function countStored() {
  let sum = 0;
  for (const database of await databasesWithBlocks()) {
    const keys = await settled(database.transaction('blocks').objectStore('blocks').getAllKeys());
    for (const [, , count] of keys) sum += count;
  }
  return sum;
}
/** Kept open once there are some: looking for them costs more than reading. */
async function databasesWithBlocks() {
  if (found.length > 0) return found;
  const buckets = navigator.storageBuckets;
  const places = [indexedDB, ...(buckets ? await Promise.all((await buckets.keys()).map(async (name) => (await buckets.open(name)).indexedDB)) : [])];
  for (const place of places) {
    for (const { name } of await place.databases()) {
      const database = await settled(place.open(name));
      database.onversionchange = () => database.close();
      if (database.objectStoreNames.contains('blocks')) found.push(database);
      else database.close();
    }
  }
  return found;
}
const found = [];
const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
/** How many blocks there are: one number, where their keys would be a long list to copy each time. */
async function countBlocks() {
  let sum = 0;
  for (const database of await databasesWithBlocks()) sum += await settled(database.transaction('blocks').objectStore('blocks').count());
  return sum;
}
/** Resolves with the time at which so many messages lay on the disk. No block holds more than a hundred: before there are enough, nothing is read. */
async function untilStored(total, everyMs = 40) {
  for (let enough = total / 100; ;) {
    const blocks = await countBlocks().catch(() => 0);
    if (blocks >= enough) {
      const left = total - (await countStored());
      if (left <= 0) return performance.now();
      enough = blocks + left / 100;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
/** Types a letter every so often; each value is from the key to the frame after it was drawn. Ends when \`isOver()\`. */
async function typeUntil(findArea, isOver, everyMs = 60) {
  const took = [];
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve, everyMs * (0.5 + Math.random())));
    const area = findArea();
    if (!area) continue;
    const at = performance.now();
    area.value = area.value.length > 40 ? 'k' : area.value + 'k';
    area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: 'k', inputType: 'insertText' }));
    await painted();
    took.push(performance.now() - at);
  }
  return took;
}
/** A task behind the next frame: what was drawn in it is on its way to the screen. */
const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = resolve;
  channel.port2.postMessage(0);
}));
`;
