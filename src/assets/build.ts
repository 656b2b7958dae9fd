import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import htmxPackage from 'htmx.org/package.json' with { type: 'json' }
import { BUILD_FOLDER, MANIFEST_FILE, Manifest } from '#src/assets/manifest.ts'

const ROOT = new URL('../../', import.meta.url)
const PUBLIC = new URL('public/', ROOT)

/** What the bundles are made of: whatever changes here makes the build stale. */
const SOURCES = [
  'public/js/',
  'public/css/',
  'public/favicon.svg',
  'src/units/',
  // Its version: the package hides this file from imports.
  'node_modules/chart.js/package.json',
  'src/assets/build.ts',
]
const TOOLS = `esbuild ${esbuild.version}, htmx ${htmxPackage.version}`

/** Pages of an earlier version may still be open, so their files are kept for a while. */
const KEPT_FOR_MS = 30 * 24 * 3_600_000

const HELP = `Builds the browser's files into public/build.

  bun src/assets/build.ts [--if-stale]

  --if-stale   return at once when nothing changed since the last build
`

export async function buildAssets(options: { onlyIfStale: boolean }): Promise<'built' | 'fresh'> {
  const inputs = await fingerprint()
  if (options.onlyIfStale && (await isBuilt(inputs))) return 'fresh'
  await mkdir(BUILD_FOLDER, { recursive: true })
  const [script, chart, style] = await Promise.all([
    bundle('js/app.ts'),
    bundle('js/chart.ts'),
    bundle('css/app.css'),
  ])
  const manifest: Manifest = {
    inputs,
    'app.js': await writeHashed('app', 'js', script),
    'chart.js': await writeHashed('chart', 'js', chart),
    'app.css': await writeHashed('app', 'css', style),
    'favicon.svg': await writeHashed(
      'favicon',
      'svg',
      await readFile(new URL('favicon.svg', PUBLIC)),
    ),
  }
  await writeWhole(MANIFEST_FILE, JSON.stringify(manifest, null, 2))
  await removeOld(manifest)
  return 'built'
}

/** Bundles for Chromium 64, the oldest browser that gets scripts; a warning of the bundler stops the build. */
async function bundle(entry: string): Promise<Uint8Array> {
  const result = await esbuild.build({
    entryPoints: [fileURLToPath(new URL(entry, PUBLIC))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'chrome64',
    // Modules shared with the server hold bigint literals in functions that are left out of the bundle.
    supported: { bigint: true },
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  })
  const [warning] = result.warnings
  if (warning) throw new Error(`${warning.location?.file ?? entry}: ${warning.text}`)
  const [output] = result.outputFiles
  if (!output) throw new Error(`${entry} gave no file`)
  return output.contents
}

async function writeHashed(name: string, extension: string, content: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const file = `${name}-${hash}.${extension}`
  await writeWhole(new URL(file, BUILD_FOLDER), content)
  await writeWhole(new URL(`${file}.gz`, BUILD_FOLDER), gzipSync(content, { level: 9 }))
  return file
}

/** Two programs may build at once, so a file appears whole or not at all. */
async function writeWhole(file: URL, content: string | Uint8Array): Promise<void> {
  const draft = new URL(`.${randomUUID()}`, BUILD_FOLDER)
  await writeFile(draft, content)
  await rename(draft, file)
}

async function isBuilt(inputs: string): Promise<boolean> {
  try {
    const manifest = Manifest.parse(JSON.parse(await readFile(MANIFEST_FILE, 'utf8')))
    if (manifest.inputs !== inputs) return false
    const files = Object.entries(manifest).flatMap(([name, file]) =>
      name === 'inputs' ? [] : file,
    )
    await Promise.all(files.map((file) => stat(new URL(file, BUILD_FOLDER))))
    return true
  } catch {
    return false
  }
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(TOOLS)
  for (const source of SOURCES) {
    for (const file of await filesOf(new URL(source, ROOT))) {
      hash.update(`\0${file.pathname.slice(ROOT.pathname.length)}\0`).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

async function filesOf(source: URL): Promise<URL[]> {
  if (!source.pathname.endsWith('/')) return [source]
  const names = await readdir(source)
  return names.sort().map((name) => new URL(name, source))
}

async function removeOld(manifest: Manifest): Promise<void> {
  const current = new Set(Object.values(manifest).flatMap((file) => [file, `${file}.gz`]))
  for (const name of await readdir(BUILD_FOLDER)) {
    if (current.has(name) || name === 'manifest.json') continue
    const file = new URL(name, BUILD_FOLDER)
    const age = await stat(file).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    )
    if (age > KEPT_FOR_MS) await rm(file, { force: true })
  }
}

if (import.meta.main) {
  const given = process.argv.slice(2)
  if (given.includes('--help')) {
    process.stdout.write(HELP)
  } else if (given.some((argument) => argument !== '--if-stale')) {
    process.stderr.write(HELP)
    process.exitCode = 2
  } else {
    await buildAssets({ onlyIfStale: given.includes('--if-stale') })
  }
}
