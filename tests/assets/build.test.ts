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
  const script = await fileOf(readAssets().script).text()
  expect(script).not.toMatch(/BigInt\(|\?\?|\?\.[a-z]/)
  expect(script).not.toMatch(/[^\w$.#]\d+n[^\w$]/)
  expect(new Bun.Transpiler({ loader: 'js' }).scan(script).imports).toEqual([])
})

test('the stylesheet asks for nothing from elsewhere', async () => {
  const style = await fileOf(readAssets().style).text()
  expect(style).not.toMatch(/url\(|@import|https?:/)
  expect(style).not.toMatch(/\b(inset|aspect-ratio|clamp|:is|:where|:has)\b[:(]/)
})
