// What the demo pages share: where the service is, who may sign in, and the links between the pages.
const PAGES = [
  ['./', '两个人 · Two people'],
  ['page.html', '整页 · Full page'],
  ['parts.html', '自由组合 · Parts'],
  ['launcher.html', '启动按钮 · Launcher'],
  ['embed.html', '脚本标签 · Script tag'],
];

/** Written by `npm start`: services, sample accounts, and the second address that plays another site. */
export async function readDemo() {
  const answer = await fetch('demo.json');
  if (!answer.ok) throw new Error('demo.json is missing: start the demo with `npm start`.');
  return answer.json();
}

export function drawLinks(place = document.querySelector('nav')) {
  for (const [address, title] of PAGES) {
    const link = document.createElement('a');
    link.href = address;
    link.textContent = title;
    place.append(link);
  }
}

/** Shows a person's name above a chat and signs them in through the public API, unless this browser already did. */
export async function signIn(chat, demo, account) {
  chat.service = demo.services.join(' ');
  await customElements.whenDefined(chat.localName);
  const answer = await chat.signIn({ address: account.address, password: account.password });
  if (!answer.ok) console.warn('sign-in failed', answer.failure.kind);
}
