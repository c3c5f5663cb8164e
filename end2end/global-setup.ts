// Starts the built server on an embedded database in a throw-away folder, and learns the demo sign-ins it prints.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, host } from './address';

export const SIGN_INS = join(tmpdir(), `lang-nghe-e2e-${process.ppid}.json`);

export default async function start() {
  const data = mkdtempSync(join(tmpdir(), 'ln-e2e-'));
  const binary = process.env.LANG_NGHE ?? join(__dirname, '../target/debug/lang-nghe');
  const server = spawn(binary, ['serve'], {
    env: { ...process.env, LANG_NGHE_DEMO: 'on', LANG_NGHE_SHOW_PASSWORDS: 'on', DATA_DIR: data, SITE_ROOT: join(__dirname, '../target/site'), LISTEN: host(), PUBLIC_URL: address(), METRICS_LISTEN: host(1) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  server.stdout.on('data', text => (said += text));
  server.stderr.on('data', text => (said += text));
  const ended = new Promise<never>((_, fail) => server.on('exit', code => fail(new Error(`the server ended with ${code}:\n${said}`))));
  await Promise.race([ready(`${address()}/readyz`), ended]);
  const passwords = Object.fromEntries([...said.matchAll(/^\s+([a-z][a-z0-9-]+)\s+(\S{8,})(?:\s|$)/gm)].map(found => [found[1], found[2]]));
  writeFileSync(SIGN_INS, JSON.stringify(passwords));
  process.env.LANG_NGHE_SIGN_INS = SIGN_INS;
  process.env.LANG_NGHE_DATA = data;
  return async () => {
    ended.catch(() => {});
    server.kill('SIGTERM');
    await new Promise(done => (server.exitCode === null ? server.once('exit', done) : done(null)));
    rmSync(data, { recursive: true, force: true });
    rmSync(SIGN_INS, { force: true });
  };
}

async function ready(address: string) {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    await new Promise(done => setTimeout(done, 200));
  }
  throw new Error('the server did not get ready');
}
