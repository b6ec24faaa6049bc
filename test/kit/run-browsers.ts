// Runs @web/test-runner with a WebKit driver of our own beside it. Arguments after `--` narrow the files.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startWebkitDriver } from './webkit-driver.ts';

const wtr = join(dirname(createRequire(import.meta.url).resolve('@web/test-runner')), 'bin.js');

export async function runBrowsers(options: { browsers?: string; files?: string } = {}): Promise<{ code: number; output: string }> {
  const browsers = options.browsers ?? process.env['BROWSERS'] ?? 'chromium,firefox,webkit';
  const driver = browsers.includes('webkit') ? await startWebkitDriver() : undefined;
  const environment: NodeJS.ProcessEnv = { ...process.env, BROWSERS: browsers, WEBKIT_DRIVER_PORT: String(driver?.port ?? 0) };
  if (options.files) environment['FILES'] = options.files;
  const child = spawn(process.execPath, [wtr], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  await driver?.stop();
  return { code: code ?? 1, output };
}

if (import.meta.main || process.argv[1] === import.meta.filename) {
  const files = process.argv.slice(2).join(',');
  const { code } = await runBrowsers(files ? { files } : {});
  process.exit(code);
}
