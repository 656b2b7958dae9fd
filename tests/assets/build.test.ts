import { beforeAll, expect, test } from 'bun:test'
import { gunzipSync } from 'bun'
import { buildAssets } from '#src/assets/build.ts'
import { BUILD_FOLDER, readAssets } from '#src/assets/manifest.ts'

beforeAll(() => buildAssets({ onlyIfStale: true }))

const fileOf = (path: string) => Bun.file(new URL(path.replace('/build/', ''), BUILD_FOLDER))

test('a build that nothing changed is not made again', async () => {
  expect(await buildAssets({ onlyIfStale: true })).toBe('fresh')
})

test('two builds at once leave whole files', async () => {
  const before = readAssets()
  const build = () => buildAssets({ onlyIfStale: false })
  expect(await Promise.all([build(), build()])).toEqual(['built', 'built'])
  expect(readAssets()).toEqual(before)
})

test('every file lies beside its packed copy', async () => {
  for (const path of Object.values(readAssets())) {
    const packed = await fileOf(`${path}.gz`).bytes()
    expect(gunzipSync(packed)).toEqual(await fileOf(path).bytes())
  }
})

test('the script holds what Chromium 64 can read, and nothing that evaluates text at once', async () => {
  const { script, chart } = readAssets()
  for (const path of [script, chart]) {
    const text = await fileOf(path).text()
    expect(text).not.toMatch(/BigInt\(|\?\?|\?\.[a-z]/)
    expect(text).not.toMatch(/[^\w$.#]\d+n[^\w$]/)
    expect(new Bun.Transpiler({ loader: 'js' }).scan(text).imports).toEqual([])
  }
})

test('the script of every page stays small: the chart is drawn by one of its own', async () => {
  const { script, chart } = readAssets()
  expect((await fileOf(`${script}.gz`).bytes()).byteLength).toBeLessThan(30_000)
  expect((await fileOf(`${chart}.gz`).bytes()).byteLength).toBeLessThan(70_000)
})

test('the stylesheet asks for nothing from elsewhere', async () => {
  const style = await fileOf(readAssets().style).text()
  expect(style).not.toMatch(/url\(|@import|https?:/)
  expect(style).not.toMatch(/\b(inset|aspect-ratio|clamp|:is|:where|:has)\b[:(]/)
})
