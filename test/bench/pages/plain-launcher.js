// The floor of a launcher: a round button with a picture, and nothing behind it.
addEventListener('DOMContentLoaded', draw, { once: true });
if (document.body) draw();

function draw() {
  if (globalThis.drawn) return;
  globalThis.drawn = true;
  const host = document.createElement('div');
  host.style.cssText = 'position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000';
  host.attachShadow({ mode: 'open' }).innerHTML =
    '<style>button{inline-size:60px;block-size:60px;border:0;border-radius:50%;background:#1f7a55;color:#fff;box-shadow:0 6px 20px rgb(20 60 40/.32)}</style>' +
    '<button aria-label="Open chat"><svg viewBox="0 0 24 24" width="34" height="34"><path d="M4 5h16v11H9l-5 4z" fill="currentColor"/></svg></button>';
  document.body.append(host);
}
