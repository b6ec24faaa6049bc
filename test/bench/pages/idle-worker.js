// A worker that is signed in and then says and hears nothing: what an open socket alone costs a browser.
import { signIn } from './bare-client.js';

self.onconnect = ({ ports: [port] }) => {
  port.onmessage = async ({ data }) => {
    self.stream = await signIn(data);
    port.postMessage('signed in');
  };
};
