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

const ARTICLE = {
  title: '青柳家居：一张桌子用二十年',
  begins: [
    '这是一篇普通的长文。聊天按钮在右下角，只占它自己那一小块地方；不点它，页面上什么也不会发生。',
    'An ordinary long page. The chat button sits in the corner and takes no more than its own place; until it is pressed nothing is loaded.',
  ],
  heading: '木头会呼吸',
  goesOn: [
    '实木随季节涨缩，这不是缺点，是它还活着的样子。我们把桌面与桌脚之间留出活动的余地，用榫卯而不是胶水，让它在南方的梅雨和北方的暖气里都站得稳。',
    'Solid wood moves with the seasons. We leave it room between top and legs and join it without glue, so that it stands firm in a humid summer and a heated winter alike. Oil it once a year; it will thank you with colour.',
  ],
};

/** A page of somebody else, long enough to be scrolled. */
export function drawArticle(place = document.querySelector('main'), sections = 6) {
  const add = (tag, text) => place.append(Object.assign(document.createElement(tag), { textContent: text }));
  add('h1', ARTICLE.title);
  for (const text of ARTICLE.begins) add('p', text);
  for (let section = 0; section < sections; section++) {
    add('h2', ARTICLE.heading);
    for (const text of ARTICLE.goesOn) add('p', text);
  }
}
