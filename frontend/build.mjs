// Builds build/front/: every file the browser gets from npm, named by its content, and a manifest.
// Nothing in here or in its output may fetch anything: the product runs in a closed network.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import subsetFont from 'subset-font';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(root, 'node_modules');
const target = join(root, 'build', 'front');
const staging = `${target}.new`;
const require = createRequire(import.meta.url);
const files = {};

const LATIN = range(0x20, 0x7e) + range(0xa0, 0xff) + 'ı–—‘’“”…•€™↑↓−';
const TURKISH = 'ĞğİŞş₺';
const SYMBOLS = '▧▨◐◑◔◕●○■□◆◇▲▼✓✕⚠';
const FONTS = [
  { name: 'source-sans-3-latin', from: 'source-sans-3-latin-wght-normal', family: 'Source Sans 3', text: LATIN },
  { name: 'source-sans-3-turkish', from: 'source-sans-3-latin-ext-wght-normal', family: 'Source Sans 3', text: TURKISH },
  { name: 'symbols', from: 'noto-sans-symbols-2-symbols-400-normal', family: 'Karne Symbols', text: SYMBOLS },
];
const LICENCES = ['plotly.js', 'regenerator-runtime', '@fontsource-variable/source-sans-3', '@fontsource/noto-sans-symbols-2'];

function range(first, last) {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
}

// The css for a set of letters, neighbours joined: U+11e-11f,U+130.
function unicodeRange(text) {
  const points = [...text].map((letter) => letter.codePointAt(0)).sort((a, b) => a - b);
  const runs = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last && point === last[1] + 1) last[1] = point;
    else runs.push([point, point]);
  }
  const hex = (point) => point.toString(16);
  return runs.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(',');
}

// Writes one file under a name that carries its content.
function emit(name, content) {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
  files[name] = `${basename(name, extname(name))}-${digest}${extname(name)}`;
  writeFileSync(join(staging, files[name]), content);
}

// The schema's prose (150 KB that no browser reads) goes, as it does in plotly.js's own minified files.
// Parsed once more, so that a slip of the expression stops the build here and not the page there.
async function withoutDescriptions(code) {
  const string = String.raw`"(?:[^"\\]|\\.)*"`;
  const joined = String.raw`\[(?:${string},?)*\]\.join\(${string}\)`;
  const prose = new RegExp(String.raw`(?<=[{,])description:(?:${joined}|${string})(?:,|(?=\}))`, 'g');
  const result = await esbuild.transform(code.replace(prose, ''), { minifyWhitespace: true, target: 'es2020' });
  return result.code;
}

async function plotlyBundle() {
  const result = await esbuild.build({
    entryPoints: [join(root, 'frontend', 'plotly.cjs')],
    alias: { 'country-iso-search': join(root, 'frontend', 'no-country-names.cjs') },
    bundle: true,
    define: { global: 'window' },
    format: 'iife',
    globalName: 'Plotly',
    legalComments: 'none',
    loader: { '.css': 'empty' }, // the style sheet of the map traces, which are left out
    logLevel: 'warning',
    minify: true,
    target: 'es2020',
    write: false,
  });
  emit('plotly.js', await withoutDescriptions(result.outputFiles[0].text));
}

// All that Dash's components need of the polyfill it brings, which replaces what browsers do well by slow
// copies: with it, plotly reads a colour ten times slower.
async function regenerator() {
  const code = readFileSync(require.resolve('regenerator-runtime/runtime.js'), 'utf8');
  const result = await esbuild.transform(code, { legalComments: 'none', minify: true, target: 'es2020' });
  emit('regenerator.js', result.code);
}

async function fonts() {
  const faces = [];
  for (const { name, from, family, text } of FONTS) {
    const pack = family === 'Source Sans 3' ? '@fontsource-variable/source-sans-3' : '@fontsource/noto-sans-symbols-2';
    const whole = readFileSync(join(packages, pack, 'files', `${from}.woff2`));
    const variable = family === 'Source Sans 3';
    const variationAxes = variable ? { wght: { min: 400, max: 700 } } : undefined;
    emit(`${name}.woff2`, await subsetFont(whole, text, { targetFormat: 'woff2', variationAxes }));
    faces.push(
      `@font-face{font-family:"${family}";font-style:normal;font-weight:${variable ? '400 700' : '400'};` +
        `font-display:swap;src:url("${files[`${name}.woff2`]}") format("woff2");unicode-range:${unicodeRange(text)}}`,
    );
  }
  emit('fonts.css', faces.join('\n'));
}

function licences() {
  const texts = LICENCES.map((name) => {
    const { version } = require(join(packages, name, 'package.json'));
    return `${name} ${version}\n\n${readFileSync(join(packages, name, 'LICENSE'), 'utf8').trim()}\n`;
  });
  emit('licences.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
}

rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
await plotlyBundle();
await regenerator();
await fonts();
licences();
const { version } = require('plotly.js/package.json');
writeFileSync(join(staging, 'manifest.json'), `${JSON.stringify({ plotly_version: version, files }, null, 2)}\n`);
rmSync(target, { recursive: true, force: true });
renameSync(staging, target);
