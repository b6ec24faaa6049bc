// The floor for everything that needs an engine: the least code that signs in, reads an archive and sends, with no regard for
// what could go wrong. It parses with regular expressions, keeps nothing and shows nothing.

const utf8 = new TextEncoder();
const toBase64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Answers with a live stream: `{ send, next, onFrame }`. */
export async function signIn({ service, domain, user, password }) {
  const socket = new WebSocket(service, 'xmpp');
  const frames = reader(socket);
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  const open = `<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${domain}" version="1.0"/>`;
  socket.send(open);
  const features = await frames.until(/features/);
  const hash = ['SHA-512', 'SHA-256', 'SHA-1'].find((name) => features.includes(`<mechanism>SCRAM-${name}</mechanism>`));
  await scram(socket, frames, hash, user, password);
  socket.send(open);
  await frames.until(/features/);
  socket.send(
    '<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><resource>bare</resource></bind></iq>',
  );
  const bound = await frames.until(/id=['"]bind['"]/);
  socket.send('<presence xmlns="jabber:client"/>');
  return {
    send: (text) => socket.send(text),
    until: frames.until,
    onFrame: frames.onFrame,
    close: () => socket.close(),
    address: /<jid>([^<]*)/.exec(bound)?.[1],
  };
}

/** Reads `total` messages of the own archive, newest first; answers how many came. */
export async function readArchive(stream, total, pageSize = 250) {
  let before = '';
  let count = 0;
  let page = 0;
  stream.onFrame((frame) => {
    if (frame.includes('<result') && frame.includes('urn:xmpp:mam:2')) count++;
  });
  while (count < total) {
    const id = `page-${page++}`;
    stream.send(
      `<iq xmlns="jabber:client" type="set" id="${id}"><query xmlns="urn:xmpp:mam:2" queryid="${id}"><set xmlns="http://jabber.org/protocol/rsm"><max>${pageSize}</max><before>${before}</before></set></query></iq>`,
    );
    // The results carry the same name as their query's.
    const end = await stream.until(new RegExp(`^<iq[^>]*\\sid=['"]${id}['"]`));
    before = /<first[^>]*>([^<]*)/.exec(end)?.[1] ?? '';
    if (before === '' || /complete=['"]true['"]/.test(end)) break;
  }
  return count;
}

async function scram(socket, frames, hash, user, password) {
  const bare = `n=${user},r=${toBase64(crypto.getRandomValues(new Uint8Array(18)))}`;
  socket.send(`<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="SCRAM-${hash}">${btoa(`n,,${bare}`)}</auth>`);
  const challenge = atob(/>([^<]*)</.exec(await frames.until(/challenge/))[1]);
  const [nonce, salt, iterations] = ['r', 's', 'i'].map((name) => new RegExp(`(?:^|,)${name}=([^,]*)`).exec(challenge)[1]);
  const withoutProof = `c=biws,r=${nonce}`;
  const salted = await derive(hash, password, fromBase64(salt), Number(iterations));
  const clientKey = await sign(hash, salted, 'Client Key');
  const storedKey = await crypto.subtle.digest(hash, clientKey);
  const signature = new Uint8Array(await sign(hash, storedKey, `${bare},${challenge},${withoutProof}`));
  const proof = new Uint8Array(clientKey).map((byte, place) => byte ^ signature[place]);
  socket.send(`<response xmlns="urn:ietf:params:xml:ns:xmpp-sasl">${btoa(`${withoutProof},p=${toBase64(proof)}`)}</response>`);
  await frames.until(/<success/);
}

async function derive(hash, password, salt, iterations) {
  const key = await crypto.subtle.importKey('raw', utf8.encode(password), 'PBKDF2', false, ['deriveBits']);
  const bits = { 'SHA-1': 160, 'SHA-256': 256, 'SHA-512': 512 }[hash];
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash, salt, iterations }, key, bits);
}

async function sign(hash, secret, text) {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['sign']);
  return crypto.subtle.sign('HMAC', key, utf8.encode(text));
}

function reader(socket) {
  const waiting = [];
  let listener = () => undefined;
  const unread = [];
  socket.addEventListener('message', ({ data }) => {
    listener(data);
    const place = waiting.findIndex(({ pattern }) => pattern.test(data));
    if (place >= 0) waiting.splice(place, 1)[0].resolve(data);
    else if (unread.length < 20) unread.push(data);
  });
  return {
    onFrame: (heard) => void (listener = heard),
    until: (pattern) => {
      const place = unread.findIndex((frame) => pattern.test(frame));
      if (place >= 0) return Promise.resolve(unread.splice(place, 1)[0]);
      return new Promise((resolve) => waiting.push({ pattern, resolve }));
    },
  };
}
