// The floor of signing in and showing the newest page: a worker that does just that.
import { signIn } from './bare-client.js';

addEventListener('message', async ({ data }) => {
  const stream = await signIn(data);
  postMessage('signed in');
  const texts = [];
  stream.onFrame((frame) => {
    const body = frame.includes('<result') && /<body>([^<]*)/.exec(frame);
    if (body) texts.push(body[1]);
  });
  stream.send(
    '<iq xmlns="jabber:client" type="set" id="newest"><query xmlns="urn:xmpp:mam:2"><set xmlns="http://jabber.org/protocol/rsm"><max>50</max><before/></set></query></iq>',
  );
  await stream.until(/id=['"]newest['"]/);
  postMessage(texts);
});
