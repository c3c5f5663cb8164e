// Makes the site in target/site out of the browser half that make has just compiled: the program and
// its lazy chunk, the style, the public files, each compressed beside itself. What
// `cargo leptos build --release --split --precompress` does, by the tools that it calls itself
// (docs/adr/0011). Prints what each file weighs on the wire.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { moveData } from './data.mjs';

const require = createRequire(new URL('../end2end/package.json', import.meta.url));
const { compile } = require('sass');
const { transform } = require('lightningcss');
const { minify } = require('terser');

process.chdir(new URL('..', import.meta.url).pathname);
const NAME = 'lang-nghe';
const SITE = 'target/site.new';
const PKG = join(SITE, 'pkg');
const BUILT = 'target/wasm32-unknown-unknown/wasm-release';
/** The oldest browsers the pages must look right on. */
const BROWSERS = { chrome: 70 << 16, safari: 12 << 16, ios_saf: 12 << 16, firefox: 78 << 16 };
// Speed level 1 compresses better than size level z (docs/performance.md).
const WASM_OPT = ['-O1', '--enable-bulk-memory', '--enable-nontrapping-float-to-int', '--enable-sign-ext',
  '--enable-mutable-globals', '--enable-reference-types', '--enable-multivalue'];

const run = (command, ...parameters) => execFileSync(command, parameters, { stdio: 'inherit' });
const files = folder => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile()).map(entry => join(entry.parentPath ?? entry.path, entry.name));

rmSync(SITE, { recursive: true, force: true });
cpSync('public', SITE, { recursive: true });
mkdirSync(PKG);

// The program: the chunks that pages fetch late are cut out first, with the constants that only they read, then the rest gets its glue.
run('wasm-split-cli', '--target', 'web', '--out-name', NAME, join(BUILT, 'lang_nghe.wasm'), PKG);
moveData(join(BUILT, 'lang_nghe.wasm'), join(PKG, `${NAME}.wasm`), files(PKG).filter(file => file.endsWith('.wasm') && basename(file) !== `${NAME}.wasm`));
run('wasm-bindgen', '--target', 'web', '--keep-lld-exports', '--no-demangle', '--no-typescript',
  '--out-name', NAME, '--out-dir', PKG, join(PKG, `${NAME}.wasm`));
renameSync(join(PKG, `${NAME}_bg.wasm`), join(PKG, `${NAME}.wasm`));
for (const module of files(PKG).filter(file => file.endsWith('.wasm'))) {
  run('wasm-opt', ...WASM_OPT, module, '-o', module);
}
for (const script of files(PKG).filter(file => file.endsWith('.js'))) {
  writeFileSync(script, (await minify(readFileSync(script, 'utf8'), { module: true })).code);
}

// Names that change with what is in them, so that browsers may keep the files for ever. One hash for
// the whole program: glue and chunk loader import each other, so neither could bear its own.
const marked = (name, ...contents) => {
  const hash = createHash('sha256');
  contents.forEach(content => hash.update(content));
  const mark = hash.digest('base64url').slice(0, 16);
  return `${basename(name, extname(name))}.${mark}${extname(name)}`;
};
const program = files(PKG).sort();
const contents = program.map(file => readFileSync(file));
for (const file of program) {
  if (file.endsWith('.js')) {
    let script = readFileSync(file, 'utf8');
    for (const name of program.map(other => basename(other))) {
      // from where a file is fetched; the key under which the module looks for its imports stays
      for (const before of ['from"./', 'new URL("./']) {
        script = script.replaceAll(`${before}${name}"`, `${before}${marked(name, ...contents)}"`);
      }
    }
    writeFileSync(file, script);
  }
  renameSync(file, join(PKG, marked(file, ...contents)));
}

// The style: a sheet for every page, and one for those that show more, only home, or only the page of a case.
for (const [sheet, name] of [['main', NAME], ['more', 'more'], ['front', 'front'], ['follow', 'follow']]) {
  const { css } = compile(`style/${sheet}.scss`);
  const { code } = transform({ filename: `${sheet}.css`, code: Buffer.from(css), minify: true, targets: BROWSERS });
  writeFileSync(join(PKG, marked(`${name}.css`, code)), code);
}

for (const file of files(SITE)) {
  const plain = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
  const small = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  writeFileSync(`${file}.br`, small);
  if (file.startsWith(PKG)) console.log(`${(small.length / 1024).toFixed(1).padStart(7)} KB brotli  ${basename(file)}`);
}
rmSync('target/site', { recursive: true, force: true });
renameSync(SITE, 'target/site');
