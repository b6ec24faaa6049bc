// `npm start`: a chat server with people in it and pages to try the product on, until Ctrl-C.
import { fileURLToPath } from 'node:url';
import { HELP, parseOptions } from './demo-options.ts';
import { startDemo } from './demo.ts';
import type { Demo } from './demo.ts';

const ROOT: string = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const TROUBLE = 1;
const MISUSE = 2;

function end(said: string, code: number): never {
  console.error(said);
  process.exit(code);
}

function tell({ facts, folder, isNew }: Demo): void {
  const wide = Math.max(...facts.accounts.map(({ address }) => address.length));
  const lines = [
    '',
    `  莺 Warbler · 青柳家居 Willow Home · ${facts.engine}${isNew ? '' : '（沿用上次的数据 · data of last time）'}`,
    '',
    `  打开 Open       ${facts.home}`,
    `  另一站点 Other  ${facts.otherSite}`,
    `  服务 Service    ${facts.services.join(' ')}`,
    `  数据 Data       ${folder}`,
    '',
    '  账号 Accounts',
    ...facts.accounts.map(({ address, password, label }) => `    ${address.padEnd(wide)}  ${password.padEnd(16)}  ${label}`),
    '',
    '  Ctrl-C 结束 · ends it',
    '',
  ];
  console.log(lines.join('\n'));
}

function stopOnSignals(stop: () => Promise<void>): void {
  let asked = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked += 1;
      // The leash ends the engine even now.
      if (asked > 1) process.exit(TROUBLE);
      void stop().then(() => process.exit(0));
    });
  }
}

const parsed = parseOptions(process.argv.slice(2));
if (!parsed.ok) end(parsed.said, MISUSE);
if (parsed.value.help) {
  console.log(HELP);
  process.exit(0);
}

// A signal during the start ends this process at once, and the leash whatever was started by then.
const started = await startDemo(parsed.value, { root: ROOT, say: (line) => console.log(line) });
if (!started.ok) end(started.said, TROUBLE);
const demo: Demo = started.value;
stopOnSignals(demo.stop);
tell(demo);
const died: string = await demo.engineDied;
await demo.stop();
end(died, TROUBLE);
